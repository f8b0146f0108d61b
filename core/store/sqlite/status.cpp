#include "status.hpp"

#include <string>

namespace touchline::store::sqlite {
namespace {

std::string file_of(sqlite3* db) {
    const char* name = db == nullptr ? nullptr : sqlite3_db_filename(db, "main");
    return name == nullptr || *name == '\0' ? "the store" : name;
}

}  // namespace

Error to_error(sqlite3* db, int status) {
    const std::string file = file_of(db);
    const std::string detail = db == nullptr ? sqlite3_errstr(status) : sqlite3_errmsg(db);
    switch (status & 0xff) {
        case SQLITE_FULL:
            return Error(Code::unavailable, "no room is left on the disk for " + file)
                .cure("Free some space; what was being written is not kept and can be sent again.");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Error(Code::unavailable, file + " is in use by another process")
                .cure("Stop the other process that writes to this file, or wait until it is done.");
        case SQLITE_READONLY:
            return Error(Code::unavailable, file + " cannot be written to")
                .cure("Allow this user to write to the file and to its folder.");
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return Error(Code::unavailable, file + " cannot be opened: " + detail)
                .cure("Make sure that the folder exists and that this user may write to it.");
        case SQLITE_IOERR:
            return Error(Code::unavailable, "the disk failed on " + file + ": " + detail)
                .cure("Look at the disk's health and free space, then try again.");
        case SQLITE_CORRUPT:
            return Error(Code::config, file + " is damaged: " + detail)
                .cure("Put back the last backup of the file, then run the connections again.");
        case SQLITE_NOTADB:
            return Error(Code::config, file + " is not a Touchline store")
                .cure("Name another file, or move this one away.");
        case SQLITE_TOOBIG:
            return Error(Code::bad_data, "a value is larger than the store can hold");
        case SQLITE_INTERRUPT:
            return Error(Code::cancelled, "the query was stopped");
        default:
            return Error(Code::internal, "the store failed on " + file + ": " + detail);
    }
}

}  // namespace touchline::store::sqlite
