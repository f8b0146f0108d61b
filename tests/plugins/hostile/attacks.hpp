// What a hostile connector tries: one function per attack. Each returns how it was stopped; one
// that succeeds returns ReadEnd::end, which no test expects.
#pragma once

#include "touchline/sdk/plugin.hpp"

namespace hostile {

using touchline::sdk::Job;
using touchline::sdk::ReadEnd;
using touchline::sdk::Result;
using Attack = Result<ReadEnd> (*)(Job&);

struct NamedAttack {
    const char* name;
    Attack attack;
};

// The system (system_attacks.cpp).
Result<ReadEnd> open_socket(Job&);
Result<ReadEnd> open_local_socket(Job&);
Result<ReadEnd> read_host_file(Job&);
Result<ReadEnd> write_host_file(Job&);
Result<ReadEnd> run_program(Job&);
Result<ReadEnd> trace_host(Job&);
Result<ReadEnd> kill_host(Job&);
Result<ReadEnd> fork_bomb(Job&);
Result<ReadEnd> read_host_memory(Job&);
Result<ReadEnd> run_from_memory(Job&);
Result<ReadEnd> use_io_uring(Job&);
Result<ReadEnd> make_writable_code(Job&);
Result<ReadEnd> raise_limits(Job&);

// Its own process (process_attacks.cpp).
Result<ReadEnd> eat_memory(Job&);
Result<ReadEnd> spin(Job&);
Result<ReadEnd> spin_and_talk(Job&);
Result<ReadEnd> chatter(Job&);
Result<ReadEnd> hang(Job&);
Result<ReadEnd> throw_number(Job&);
Result<ReadEnd> abort_it(Job&);
Result<ReadEnd> fault(Job&);
Result<ReadEnd> leave(Job&);
Result<ReadEnd> pretend_to_be_idle(Job&);
Result<ReadEnd> print_without_end(Job&);

// The conversation with the host (message_attacks.cpp).
Result<ReadEnd> scribble_over_host_arena(Job&);
Result<ReadEnd> scribble_over_own_arena(Job&);
Result<ReadEnd> lie_about_lengths(Job&);
Result<ReadEnd> lie_inside_a_message(Job&);
Result<ReadEnd> emit_garbage(Job&);
Result<ReadEnd> forge_other_checkpoint(Job&);
Result<ReadEnd> forge_other_call(Job&);
Result<ReadEnd> ask_without_listening(Job&);
Result<ReadEnd> ask_foreign_host(Job&);
Result<ReadEnd> smuggle_header(Job&);
Result<ReadEnd> flood_log(Job&);

}  // namespace hostile
