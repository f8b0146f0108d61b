// One HTTP/1.1 request over a plain socket, with whatever fields and body a test wants to send.
#pragma once

#include "raw_socket.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchline::testing_support {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Answer {
    int status = 0;                             ///< 0: there was none
    std::map<std::string, std::string> fields;  ///< by name in lower case
    std::string body;

    std::string field(const std::string& name) const {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    }
};

inline Answer parse_answer(const std::string& text) {
    Answer answer;
    const std::size_t head_end = text.find("\r\n\r\n");
    if (head_end == std::string::npos || text.size() < 12) return answer;
    answer.status = std::stoi(text.substr(9, 3));
    answer.body = text.substr(head_end + 4);
    std::size_t at = text.find("\r\n") + 2;
    while (at < head_end) {
        const std::size_t end = text.find("\r\n", at), colon = text.find(':', at);
        std::string name = text.substr(at, colon - at);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
            return static_cast<char>(std::tolower(c));
        });
        answer.fields[name] = text.substr(colon + 2, end - colon - 2);
        at = end + 2;
    }
    return answer;
}

/// The head of a request; Host is ours unless the fields name one.
inline std::string request_head(
    std::string_view method, std::string_view target, const Fields& fields
) {
    std::string head(method);
    head.append(" ").append(target).append(" HTTP/1.1\r\n");
    const bool has_host = std::any_of(fields.begin(), fields.end(), [](const auto& field) {
        return field.first == "Host";
    });
    if (!has_host) head.append("Host: 127.0.0.1\r\n");
    for (const auto& [name, value] : fields)
        head.append(name).append(": ").append(value).append("\r\n");
    return head;
}

inline Answer exchange(
    std::uint16_t port,
    std::string_view method,
    std::string_view target,
    const Fields& fields = {},
    std::string_view body = {}
) {
    const auto socket = net::testing_support::connect_to(port);
    std::string text = request_head(method, target, fields);
    text.append("Connection: close\r\n");
    if (method == "POST")
        text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
    text.append("\r\n").append(body);
    if (!socket.send(text)) return {};
    return parse_answer(socket.receive_all());
}

/// For a query: everything but letters and digits is escaped.
inline std::string percent_encoded(std::string_view text) {
    constexpr std::string_view k_digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0) {
            encoded.push_back(c);
        } else {
            encoded.append({'%', k_digits[byte >> 4U], k_digits[byte & 15U]});
        }
    }
    return encoded;
}

}  // namespace touchline::testing_support
