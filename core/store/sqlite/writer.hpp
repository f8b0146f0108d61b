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
    RecordKey last_record_ = RecordKey::none;
    SourceKey last_source_ = SourceKey::none;
};

}  // namespace touchline::store::sqlite
