#include "echoes.hpp"

#include "touchline/base/digest.hpp"

#include <variant>

namespace touchline::net {

namespace {

constexpr std::size_t k_shortest = 8;

using Words = std::vector<std::string>;

/// A secret in the forms in which an answer may hold it: as it is, in a link, and in JSON whose
/// writer escapes the solidus.
void add(Words& words, std::string_view secret) {
    if (secret.size() < k_shortest) return;
    words.emplace_back(secret);
    if (std::string in_link = percent_encode(secret); in_link != secret)
        words.push_back(std::move(in_link));
    if (secret.find('/') == std::string_view::npos) return;
    std::string& in_json = words.emplace_back();
    for (const char c : secret) in_json.append(c == '/' ? "\\/" : std::string_view(&c, 1));
}

struct OnTheWire {
    Words& words;

    void operator()(const BearerToken& c) const { add(words, c.token.reveal()); }
    void operator()(const ProvedToken& c) const {
        add(words, c.token.reveal());
        add(words, to_hex(hmac_sha256(c.app_secret.reveal(), c.token.reveal())));
    }
    void operator()(const BasicLogin& c) const {
        const std::string_view password = c.password.reveal();
        add(words, password);
        // Some vendors take their key for the user, and any filler for the password.
        if (password.size() < k_shortest) add(words, c.user);
        add(words, to_base64(c.user + ":" + std::string(password)));
    }
    void operator()(const HeaderKey& c) const { add(words, c.key.reveal()); }
    void operator()(const QueryKey& c) const { add(words, c.key.reveal()); }
    /// A signature says nothing of its key; a sign-in and a session come as their tokens.
    template <typename Other>
    void operator()(const Other&) const {}
};

void hide(std::string& text, const Words& words) {
    for (const std::string& word : words) {
        for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += word.size())
            text.replace(at, word.size(), word.size(), '*');
    }
}

}  // namespace

void hide_echoes(const Credentials& credentials, Response& answer) {
    Words words;
    std::visit(OnTheWire{words}, credentials);
    if (words.empty()) return;
    hide(answer.body, words);
    Headers fields;
    for (const Header& field : answer.headers) {
        std::string value = field.value;
        hide(value, words);
        fields.add(field.name, std::move(value));
    }
    answer.headers = std::move(fields);
}

}  // namespace touchline::net
