// What the writers of one transaction share.
#pragma once

#include "gathered.hpp"
#include "page_codec.hpp"
#include "writer_memory.hpp"

namespace touchline::store::sqlite {

class Writer {
public:
    Writer(Connection& connection, WriterMemory& known, PagePacker& pages)
        : db(connection), memory(known), packer(pages), gathered(connection) {}

    Result<WordKey> word(std::string_view text) { return memory.words.key(db, text); }
    Result<IdentityKey> make_identity(NewIdentityRow row, std::span<const std::string> terms);
    /// Before an identity that the memory does not know is looked up in the file: it may be one of
    /// this transaction that the memory had no room for.
    Result<void> write_forgettable_identities();
    /// Records that put_raw() makes are remembered, so that what they yield need not ask.
    void note_record(RecordKey record, SourceKey source);
    Result<SourceKey> source_of(RecordKey record);
    /// The connection of the record names the identity.
    Result<void> note_source(IdentityKey identity, SourceKey source);

    Connection& db;
    WriterMemory& memory;
    PagePacker& packer;
    Gathered gathered;

private:
    struct Range {
        RecordKey first = RecordKey::none, last = RecordKey::none;
        SourceKey source = SourceKey::none;
    };
    Result<WordKey> connection_of(SourceKey source);

    std::vector<Range> made_;
    std::uint64_t generation_ = 0;  // of the memory, when the oldest unwritten identity was made
    RecordKey last_record_ = RecordKey::none;
    SourceKey last_source_ = SourceKey::none;
};

}  // namespace touchline::store::sqlite
