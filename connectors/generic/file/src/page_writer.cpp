#include "page_writer.hpp"

namespace file_connector {

using touchline::sdk::Result;

Result<void> PageWriter::add(const std::string& file, const Row& row) {
    ++rows_;
    if (row.reason.empty()) {
        page_ += row.json;
        page_ += '\n';
        return {};
    }
    const std::string place = file + ":" + std::to_string(row.begin.line);
    return job_->bad_record(stream_, place, row.bytes, place + ": " + row.reason);
}

Result<void> PageWriter::bad_file(const std::string& file, const std::string& reason) {
    ++rows_;
    return job_->bad_record(stream_, file, {}, file + ": " + reason);
}

Result<void> PageWriter::flush() {
    if (rows_ == 0 && !touched_) return {};
    if (!page_.empty()) TL_CHECK(job_->page_lines(stream_, page_));
    TL_CHECK(job_->checkpoint(stream_, k_state_version, state_()));
    page_.clear();
    rows_ = 0;
    touched_ = false;
    return {};
}

}  // namespace file_connector
