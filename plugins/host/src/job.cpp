#include "job.hpp"

#include "status.hpp"

namespace touchline::host {

tl_status Job::fail(Error error) {
    failure_ = std::move(error);
    return to_status(failure_->code());
}

tl_status Job::fail_in_sink(Error error) {
    sink_error_ = std::move(error);
    return to_status(sink_error_->code());
}

void Job::explain(tl_status status, Error error) {
    words_status_ = status;
    words_ = std::move(error);
}

tl_status Job::lose(Error error) {
    words_.reset();
    return fail(std::move(error));
}

Error Job::error_for(tl_status status) const {
    const Code code = to_code(status);
    const bool same_failure = failure_ && failure_->code() == code;
    if (sink_error_) return *sink_error_;
    if (code == Code::cancelled || stop.stop_requested())
        return Error(Code::cancelled, "stopped on request");
    if (words_ && words_status_ == status) {
        Error error = *words_;
        if (!same_failure) return error;
        if (!error.retry_after() && failure_->retry_after())
            error = std::move(error).after(*failure_->retry_after());
        return std::move(error).cure(failure_->cure());
    }
    if (same_failure) return *failure_;
    return Error(
        code, "the connector reported \"" + std::string(to_string(code)) + "\" without saying why"
    );
}

}  // namespace touchline::host
