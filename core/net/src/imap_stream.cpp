#include "imap_stream.hpp"

#include "touchline/base/digest.hpp"
#include "touchline/base/text.hpp"

#include <algorithm>
#include <utility>

namespace touchline::net {

namespace {

using std::chrono::milliseconds;

Error refused(const std::string& peer, const std::string& code) {
    const std::string said = code.empty() ? "" : " [" + code + "]";
    if (code == "UNAVAILABLE" || code == "INUSE" || code == "LIMIT")
        return Error(Code::unavailable, peer + ": nobody can sign in at the moment" + said);
    return Error(Code::auth, peer + ": the mail server refuses the user or the password" + said)
        .cure("Check auth.user and the secret; many providers want an app password or OAuth 2.");
}

/// "[CODE more] words": the code.
std::string response_code(std::string_view text) {
    if (!text.starts_with('[')) return {};
    const auto code = text.substr(1, text.find_first_of(" ]") - 1);
    const bool plain = std::ranges::all_of(code, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
    });
    return plain ? std::string(code.substr(0, 40)) : std::string();
}

/// RFC 9051, section 4.3: what may stand between quotes.
Result<std::string> quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x7f) {
            return Error(Code::config, "the mail server takes no password with such characters")
                .cure("It offers LOGIN only: choose a password of ASCII characters.");
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

bool offers(const std::vector<std::string>& untagged, std::string_view capability) {
    const std::string wanted = " " + lower_ascii(capability) + " ";
    return std::ranges::any_of(untagged, [&](const std::string& line) {
        const std::string words = lower_ascii(trim(line)) + " ";
        return words.starts_with("* capability ") && words.find(wanted) != std::string::npos;
    });
}

}  // namespace

Result<std::unique_ptr<OpenStream>> ImapStream::open(
    Wire wire,
    const StreamTarget& target,
    const TlsContext& tls,
    const MailLogin& login,
    const std::stop_token& stop
) {
    std::unique_ptr<ImapStream> stream(new ImapStream(std::move(wire), target.frame_limit));
    TOUCHLINE_CHECK(stream->greet(target.address.tls, stop));
    if (!target.address.tls) TOUCHLINE_CHECK(stream->start_tls(tls, target.address.url.host, stop));
    if (!stream->let_in_) TOUCHLINE_CHECK(stream->sign_in(login, stop));
    return std::unique_ptr<OpenStream>(std::move(stream));
}

Result<void> ImapStream::greet(bool tls, const std::stop_token& stop) {
    TOUCHLINE_TRY(const std::string greeting, response(stop));
    if (greeting.starts_with("* OK")) return {};
    if (greeting.starts_with("* PREAUTH") && tls) {
        let_in_ = true;
        return {};
    }
    if (greeting.starts_with("* BYE"))
        return Error(Code::unavailable, wire_.peer() + ": the mail server takes nobody in now");
    return Error(Code::bad_data, wire_.peer() + ": this is no IMAP server")
        .cure("Check host, port and security of the connection's settings.");
}

Result<void> ImapStream::start_tls(
    const TlsContext& tls, const std::string& host, const std::stop_token& stop
) {
    TOUCHLINE_TRY(const Reply reply, command("STARTTLS", stop));
    if (!reply.ok) {
        return Error(Code::config, wire_.peer() + ": the mail server offers no STARTTLS")
            .cure("Without TLS nobody signs in: use imaps, mostly on port 993.");
    }
    // Whatever stands there was sent in the clear, by whoever (RFC 9051, section 6.2.1).
    frames_.clear();
    return wire_.start_tls(tls, host, stop);
}

Result<void> ImapStream::sign_in(const MailLogin& login, const std::stop_token& stop) {
    TOUCHLINE_TRY(const Reply can, command("CAPABILITY", stop));
    const bool at_once = offers(can.untagged, "SASL-IR");
    Result<Reply> reply = Reply();
    if (const auto* token = std::get_if<MailToken>(&login)) {
        const std::string response = "user=" + token->user + "\x01" + "auth=Bearer " +
                                     std::string(token->token.reveal()) + "\x01\x01";
        reply = authenticate("XOAUTH2", response, at_once, stop);
    } else if (const auto& basic = std::get<BasicLogin>(login);
               offers(can.untagged, "AUTH=PLAIN")) {
        const std::string response = std::string(1, '\0') + basic.user + std::string(1, '\0') +
                                     std::string(basic.password.reveal());
        reply = authenticate("PLAIN", response, at_once, stop);
    } else {
        TOUCHLINE_TRY(const std::string user, quoted(basic.user));
        TOUCHLINE_TRY(const std::string password, quoted(basic.password.reveal()));
        reply = command("LOGIN " + user + " " + password, stop);
    }
    if (!reply) return std::move(reply).error();
    // Not the server's words: some repeat what they were sent.
    if (!reply->ok) return refused(wire_.peer(), reply->code);
    let_in_ = true;
    return {};
}

Result<ImapStream::Reply> ImapStream::command(
    const std::string& text, const std::stop_token& stop
) {
    const std::string tag = "h" + std::to_string(++commands_);
    TOUCHLINE_CHECK(wire_.write(tag + " " + text + "\r\n", stop));
    return reply(tag, "", stop);
}

Result<ImapStream::Reply> ImapStream::authenticate(
    const std::string& mechanism,
    const std::string& response,
    bool at_once,
    const std::stop_token& stop
) {
    const std::string tag = "h" + std::to_string(++commands_);
    const std::string coded = to_base64(response);
    std::string line = tag + " AUTHENTICATE " + mechanism;
    if (at_once) line += " " + coded;
    TOUCHLINE_CHECK(wire_.write(line + "\r\n", stop));
    return reply(tag, at_once ? "" : coded, stop);
}

Result<ImapStream::Reply> ImapStream::reply(
    const std::string& tag, const std::string& more, const std::stop_token& stop
) {
    Reply reply;
    std::string next = more;
    while (true) {
        TOUCHLINE_TRY(std::string line, response(stop));
        if (line.starts_with("+")) {
            // The first time what it waits for; after that, nothing, which lets it say why not.
            TOUCHLINE_CHECK(wire_.write(std::exchange(next, "") + "\r\n", stop));
        } else if (line.starts_with(tag + " ")) {
            const auto words = trim(std::string_view(line).substr(tag.size() + 1));
            const auto space = std::min(words.find(' '), words.size());
            reply.ok = lower_ascii(words.substr(0, space)) == "ok";
            reply.code = response_code(trim(words.substr(space)));
            return reply;
        } else if (reply.untagged.size() < 100) {
            reply.untagged.push_back(std::move(line));
        }
    }
}

Result<std::string> ImapStream::response(const std::stop_token& stop) {
    TOUCHLINE_TRY(Frame frame, receive(wire_.limits().first_byte, stop));
    if (frame.kind == Frame::Kind::frame) return std::move(frame.bytes);
    if (frame.kind == Frame::Kind::end)
        return Error(Code::unavailable, wire_.peer() + ": the mail server hung up");
    return Error(Code::timeout, wire_.peer() + ": the mail server does not answer");
}

Result<void> ImapStream::send(std::string_view bytes, std::stop_token stop) {
    return wire_.write(bytes, stop);
}

Result<Frame> ImapStream::receive(milliseconds longest, std::stop_token stop) {
    const auto until = std::chrono::steady_clock::now() + longest;
    while (true) {
        auto frame = frames_.next();
        if (!frame) return std::move(frame).error().with(wire_.peer());
        if (*frame) return Frame{Frame::Kind::frame, std::move(**frame)};
        const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
        TOUCHLINE_TRY(const auto bytes, wire_.read(std::max(left, milliseconds(0)), stop));
        if (!bytes) return Frame{Frame::Kind::end, {}};
        if (bytes->empty()) return Frame{};
        frames_.feed(*bytes);
    }
}

}  // namespace touchline::net
