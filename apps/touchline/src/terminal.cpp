#include "terminal.hpp"

#include "touchline/json/writer.hpp"

#include <ostream>

namespace touchline::app {

ExitCode exit_code_for(const Error& error) {
    switch (error.code()) {
        case Code::config:
            return k_config;
        case Code::auth:
        case Code::denied:
            return k_denied;
        case Code::conflict:
            return k_refused;
        case Code::cancelled:
            return k_interrupted;
        case Code::retry:
        case Code::rate_limited:
        case Code::timeout:
        case Code::unavailable:
            return k_source;
        case Code::bad_data:
        case Code::not_found:
        case Code::internal:
            return k_bad;
    }
    return k_bad;
}

std::string counted(std::int64_t number, std::string_view noun) {
    return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string located(const Error& error) {
    const auto& place = error.place();
    if (!place || place->file.empty()) return error.text();
    std::string text = place->file;
    if (place->line > 0)
        text += ":" + std::to_string(place->line) + ":" + std::to_string(place->column);
    return text + ": " + error.text();
}

void Terminal::print(std::string_view line) {
    end_progress();
    out_ << line << '\n';
    out_.flush();
}

void Terminal::say(std::string_view line) {
    if (quiet) return;
    end_progress();
    err_ << line << '\n';
}

void Terminal::progress(std::string_view line) {
    if (quiet || !err_is_terminal_) return;
    err_ << "\r\033[K" << line << std::flush;
    in_progress_ = true;
}

ExitCode Terminal::fail(const Error& error, std::string_view next) {
    end_progress();
    const ExitCode code = exit_code_for(error);
    if (json) {
        json::Writer writer;
        writer.begin_object().key("error").begin_object().member("code", to_string(error.code()));
        writer.member("message", located(error)).member_unless_empty("cure", error.cure());
        writer.member_unless_empty("next", next).end_object().end_object();
        out_ << writer.text() << '\n';
        return code;
    }
    err_ << "error: " << located(error) << '\n';
    if (!error.cure().empty()) err_ << "  " << error.cure() << '\n';
    if (!next.empty()) err_ << "next: " << next << '\n';
    return code;
}

void Terminal::show(const config::Problem& problem, std::string_view source) {
    end_progress();
    err_ << config::render(problem, source);
}

void Terminal::end_progress() {
    if (!in_progress_) return;
    err_ << '\n';
    in_progress_ = false;
}

std::string padded(std::string_view text, std::size_t width) {
    std::string cell(text.substr(0, width));
    return cell.append(width - cell.size(), ' ');
}

}  // namespace touchline::app
