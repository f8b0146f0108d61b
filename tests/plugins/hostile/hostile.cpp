// A connector that behaves until it is told to attack.
#include "attacks.hpp"

#include <string>

namespace hostile {
namespace {

using namespace touchline::sdk;

constexpr NamedAttack k_attacks[] = {
    {"open_socket", &open_socket},
    {"open_local_socket", &open_local_socket},
    {"read_host_file", &read_host_file},
    {"write_host_file", &write_host_file},
    {"run_program", &run_program},
    {"trace_host", &trace_host},
    {"kill_host", &kill_host},
    {"fork_bomb", &fork_bomb},
    {"read_host_memory", &read_host_memory},
    {"run_from_memory", &run_from_memory},
    {"use_io_uring", &use_io_uring},
    {"make_writable_code", &make_writable_code},
    {"raise_limits", &raise_limits},
    {"eat_memory", &eat_memory},
    {"spin", &spin},
    {"spin_and_talk", &spin_and_talk},
    {"chatter", &chatter},
    {"hang", &hang},
    {"throw_number", &throw_number},
    {"abort_it", &abort_it},
    {"fault", &fault},
    {"leave", &leave},
    {"pretend_to_be_idle", &pretend_to_be_idle},
    {"print_without_end", &print_without_end},
    {"scribble_over_host_arena", &scribble_over_host_arena},
    {"scribble_over_own_arena", &scribble_over_own_arena},
    {"lie_about_lengths", &lie_about_lengths},
    {"lie_inside_a_message", &lie_inside_a_message},
    {"emit_garbage", &emit_garbage},
    {"forge_other_checkpoint", &forge_other_checkpoint},
    {"forge_other_call", &forge_other_call},
    {"ask_without_listening", &ask_without_listening},
    {"ask_foreign_host", &ask_foreign_host},
    {"smuggle_header", &smuggle_header},
    {"flood_log", &flood_log},
};

class Hostile : public Source<Hostile> {
public:
    static Result<std::unique_ptr<Hostile>> create(const Config& config) {
        auto hostile = std::make_unique<Hostile>();
        hostile->always_ = config.text("attack");
        return hostile;
    }
    Result<std::string> check(Job&) { return std::string("It behaves."); }

    /// One good page with its checkpoint, and then what the state or the setting says.
    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        TL_CHECK(job.page_lines(
            args.stream,
            R"({"id":"1","at":"2026-10-05T09:00:00Z","email":"eve@example.org"})"
            "\n"
        ));
        TL_CHECK(job.checkpoint(args.stream, 1, "after the first page"));
        for (const NamedAttack& one : k_attacks) {
            if (args.state == one.name || always_ == one.name) return one.attack(job);
        }
        return ReadEnd::end;
    }

private:
    std::string always_;
};

}  // namespace
}  // namespace hostile

using hostile::Hostile;
TOUCHLINE_PLUGIN(Hostile)
