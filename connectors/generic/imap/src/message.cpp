#include "message.hpp"

#include "mime.hpp"

#include "touchline/sdk/json_text.hpp"
#include "touchline/sdk/time_text.hpp"

#include <algorithm>

namespace imap {

namespace {

namespace sdk = touchline::sdk;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

/// "filename", "filename*", and the pieces "filename*0*", "filename*1*" (RFC 2231).
std::string parameter(const Value& parameters, std::string_view name) {
    std::string whole, pieces;
    bool extended = false;
    for (std::size_t i = 0; i + 1 < parameters.items.size(); i += 2) {
        const std::string key = lower(parameters.items[i].text);
        const std::string& value = parameters.items[i + 1].text;
        if (key == name) {
            whole = value;
        } else if (key.rfind(std::string(name) + "*", 0) == 0) {
            pieces += value;
            extended = extended || key.back() == '*';
        }
    }
    if (!pieces.empty()) return extended ? decode_extended(pieces) : decode_words(pieces);
    return decode_words(whole);
}

void read_part(const Value& body, const std::string& section, std::vector<Part>& parts) {
    if (body.at(0).is_list()) {
        for (std::size_t i = 0; i < body.items.size() && body.items[i].is_list(); ++i) {
            const std::string number = std::to_string(i + 1);
            read_part(body.items[i], section.empty() ? number : section + "." + number, parts);
        }
        return;
    }
    Part part;
    part.section = section.empty() ? "1" : section;
    part.type = lower(body.at(0).text) + "/" + lower(body.at(1).text);
    part.charset = parameter(body.at(2), "charset");
    part.encoding = body.at(5).text;
    part.bytes = body.at(6).number();
    const bool is_text = lower(body.at(0).text) == "text";
    const std::size_t extension = is_text ? 8 : part.type == "message/rfc822" ? 10 : 7;
    const Value& disposition = body.at(extension + 1);
    part.name = parameter(disposition.at(1), "filename");
    if (part.name.empty()) part.name = parameter(body.at(2), "name");
    part.attached = same_word(disposition.at(0).text, "attachment") || !is_text ||
                    (!part.name.empty() && !same_word(disposition.at(0).text, "inline"));
    parts.push_back(std::move(part));
}

/// Every "<id>" of a header, without the brackets.
std::vector<std::string> ids_in(std::string_view text) {
    std::vector<std::string> ids;
    for (auto open = text.find('<'); open != std::string_view::npos; open = text.find('<', open)) {
        const auto close = text.find('>', open);
        if (close == std::string_view::npos) break;
        ids.push_back(to_utf8(text.substr(open + 1, close - open - 1), "us-ascii"));
        open = close;
    }
    return ids;
}

/// A field of a header's text, unfolded; empty when it is not there.
std::string field(std::string_view header, std::string_view name) {
    std::string value;
    bool inside = false;
    while (!header.empty()) {
        const auto end = std::min(header.find("\r\n"), header.size());
        const auto line = header.substr(0, end);
        header.remove_prefix(std::min(end + 2, header.size()));
        const bool folded = !line.empty() && (line.front() == ' ' || line.front() == '\t');
        if (!folded) {
            const auto colon = line.find(':');
            inside = colon != std::string_view::npos && same_word(line.substr(0, colon), name);
            if (inside) value += line.substr(colon + 1);
        } else if (inside) {
            value += line;
        }
    }
    value.erase(0, value.find_first_not_of(" \t"));
    return value;
}

std::string addresses(const Value& list) {
    std::string out = "[";
    for (const Value& one : list.items) {
        // A group's begin and end have no host.
        if (one.at(2).text.empty() || one.at(3).text.empty()) continue;
        if (out.size() > 1) out += ',';
        sdk::JsonObject(out)
            .text("name", decode_words(one.at(0).text))
            .text("address", lower(to_utf8(one.at(2).text + "@" + one.at(3).text, "utf-8")))
            .end();
    }
    return out + "]";
}

std::string first_of(const std::string& list) {
    const auto end = list.find("},{");
    if (list == "[]") return "null";
    return list.substr(1, end == std::string::npos ? list.size() - 2 : end);
}

std::string quoted_list(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const std::string& text : texts) {
        if (out.size() > 1) out += ',';
        sdk::append_quoted(out, text);
    }
    return out + "]";
}

const Value& item(const Mail& mail, std::string_view name) {
    static const Value k_nil;
    const Value* const found = mail.items.find(name);
    return found == nullptr ? k_nil : *found;
}

}  // namespace

const Part* Mail::readable() const {
    const Part* html = nullptr;
    for (const Part& part : parts) {
        if (part.attached) continue;
        if (part.type == "text/plain") return &part;
        if (part.type == "text/html" && html == nullptr) html = &part;
    }
    return html;
}

Mail read_mail(Value items) {
    Mail mail;
    mail.items = std::move(items);
    mail.uid = static_cast<std::uint32_t>(item(mail, "UID").number());
    read_part(item(mail, "BODYSTRUCTURE"), "", mail.parts);
    return mail;
}

void set_text(Mail& mail, std::string_view bytes, std::int64_t limit) {
    const Part* const part = mail.readable();
    if (part == nullptr) return;
    mail.text_cut = part->bytes > limit;
    mail.text = to_utf8(decode_transfer(bytes, part->encoding), part->charset);
    // The cut went through a character.
    constexpr std::string_view k_broken = "\xef\xbf\xbd";
    while (mail.text_cut && mail.text.size() >= 3 &&
           mail.text.compare(mail.text.size() - 3, 3, k_broken) == 0) {
        mail.text.resize(mail.text.size() - 3);
    }
}

std::string external_id(std::string_view folder, std::uint32_t validity, std::uint32_t uid) {
    return std::string(folder) + "/" + std::to_string(validity) + "/" + std::to_string(uid);
}

void append_record(
    std::string& out, const Mail& mail, std::string_view folder, std::uint32_t validity
) {
    const Value& envelope = item(mail, "ENVELOPE");
    const Value* header = nullptr;
    for (std::size_t i = 0; i + 1 < mail.items.items.size(); i += 2) {
        if (lower(mail.items.items[i].text).rfind("body[header", 0) == 0)
            header = &mail.items.items[i + 1];
    }
    const std::string_view fields = header == nullptr ? std::string_view() : header->text;
    const auto own_id = ids_in(envelope.at(9).text);
    const auto reply_to_id = ids_in(envelope.at(8).text);
    auto references = ids_in(field(fields, "References"));
    const std::string message_id = own_id.empty() ? "" : own_id.front();
    const std::string in_reply_to = reply_to_id.empty() ? "" : reply_to_id.front();
    const std::string& thread = !references.empty()    ? references.front()
                                : !in_reply_to.empty() ? in_reply_to
                                                       : message_id;
    std::vector<std::string> flags;
    for (const Value& flag : item(mail, "FLAGS").items) {
        if (!same_word(flag.text, "\\Recent")) flags.push_back(to_utf8(flag.text, "us-ascii"));
    }
    std::sort(flags.begin(), flags.end());
    const auto flagged = [&](const char* name) {
        return std::any_of(flags.begin(), flags.end(), [&](const std::string& flag) {
            return same_word(flag, name);
        });
    };
    std::string attachments = "[";
    for (const Part& part : mail.parts) {
        if (!part.attached) continue;
        if (attachments.size() > 1) attachments += ',';
        sdk::JsonObject(attachments)
            .text("name", part.name)
            .text("type", to_utf8(part.type, "us-ascii"))
            .number("bytes", part.bytes)
            .end();
    }
    const std::string automatic = field(fields, "Auto-Submitted");
    const std::string precedence = lower(field(fields, "Precedence"));
    const auto sent = parse_mail_date(envelope.at(0).text);
    const auto received = parse_mail_date(item(mail, "INTERNALDATE").text);
    // The date is the sender's word: it can be wrong, but not later than the arrival.
    const bool believable = sent && (!received || *sent <= *received);
    const auto occurred = believable ? sent : received;
    const Part* const readable = mail.readable();
    sdk::JsonObject record(out);
    record.text("id", external_id(folder, validity, mail.uid));
    record.text("folder", folder).number("uid", mail.uid).boolean("deleted", false);
    record.text("message_id", message_id).text("in_reply_to", in_reply_to);
    record.raw("references", quoted_list(references)).text("thread", thread);
    record.raw("from", first_of(addresses(envelope.at(2))));
    record.raw("to", addresses(envelope.at(5))).raw("cc", addresses(envelope.at(6)));
    record.raw("reply_to", addresses(envelope.at(4)));
    record.text("subject", decode_words(envelope.at(1).text));
    if (sent) record.text("date", sdk::time_text(*sent));
    if (received) record.text("received", sdk::time_text(*received));
    if (occurred) record.text("occurred", sdk::time_text(*occurred));
    record.text("text", mail.text).boolean("text_cut", mail.text_cut);
    record.boolean("html", readable != nullptr && readable->type == "text/html");
    record.raw("attachments", attachments + "]").raw("flags", quoted_list(flags));
    record.boolean("seen", flagged("\\Seen")).boolean("answered", flagged("\\Answered"));
    record.boolean(
        "automatic",
        (!automatic.empty() && !same_word(automatic.substr(0, 2), "no")) || precedence == "bulk" ||
            precedence == "junk"
    );
    record.text("list", to_utf8(field(fields, "List-Id"), "utf-8"));
    record.number("bytes", item(mail, "RFC822.SIZE").number());
    record.end();
    out += '\n';
}

void append_deleted(
    std::string& out, std::string_view folder, std::uint32_t validity, std::uint32_t uid
) {
    sdk::JsonObject(out)
        .text("id", external_id(folder, validity, uid))
        .text("folder", folder)
        .number("uid", uid)
        .boolean("deleted", true)
        .end();
    out += '\n';
}

}  // namespace imap
