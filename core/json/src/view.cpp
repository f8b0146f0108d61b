#include "touchline/json/view.hpp"

#include <simdjson.h>

#include <cstring>

namespace touchline::json {
namespace {

using simdjson::dom::element;

static_assert(sizeof(element) == 16 && std::is_trivially_copyable_v<element>);
static_assert(sizeof(simdjson::dom::array::iterator) == 16);
static_assert(sizeof(simdjson::dom::object::iterator) == 16);

template <typename Native = element>
Native native(const std::byte* raw) {
    Native value;
    std::memcpy(&value, raw, sizeof value);
    return value;
}

template <typename T>
std::optional<T> value_of(const std::byte* raw) {
    T value;
    if (native(raw).get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}

template <typename Native>
void advance(std::byte* raw) {
    Native iterator = native<Native>(raw);
    ++iterator;
    std::memcpy(raw, &iterator, sizeof iterator);
}

using NativeElements = simdjson::dom::array::iterator;
using NativeMembers = simdjson::dom::object::iterator;

}  // namespace

View::View(const void* native) {
    std::memcpy(raw_, native, sizeof raw_);
}

Kind View::kind() const {
    using simdjson::dom::element_type;
    switch (native(raw_).type()) {
        case element_type::ARRAY:
            return Kind::array;
        case element_type::OBJECT:
            return Kind::object;
        case element_type::INT64:
            return Kind::integer;
        case element_type::UINT64:
        case element_type::DOUBLE:
            return Kind::number;
        case element_type::STRING:
            return Kind::string;
        case element_type::BOOL:
            return Kind::boolean;
        case element_type::NULL_VALUE:
            return Kind::null;
    }
    return Kind::null;
}

std::optional<bool> View::as_bool() const {
    return value_of<bool>(raw_);
}
std::optional<std::int64_t> View::as_int() const {
    return value_of<std::int64_t>(raw_);
}
std::optional<double> View::as_double() const {
    return value_of<double>(raw_);
}
std::optional<std::string_view> View::as_string() const {
    return value_of<std::string_view>(raw_);
}

std::size_t View::size() const {
    if (const auto array = value_of<simdjson::dom::array>(raw_)) return array->size();
    if (const auto object = value_of<simdjson::dom::object>(raw_)) return object->size();
    return 0;
}

std::optional<View> View::get(std::string_view key) const {
    const auto object = value_of<simdjson::dom::object>(raw_);
    element found;
    if (!object || object->at_key(key).get(found) != simdjson::SUCCESS) return std::nullopt;
    return View(&found);
}

std::optional<View> View::at(std::size_t index) const {
    const auto array = value_of<simdjson::dom::array>(raw_);
    element found;
    if (!array || array->at(index).get(found) != simdjson::SUCCESS) return std::nullopt;
    return View(&found);
}

ArrayRange View::elements() const {
    ArrayRange range;
    if (const auto array = value_of<simdjson::dom::array>(raw_)) {
        const NativeElements begin = array->begin(), end = array->end();
        std::memcpy(range.begin_.raw_, &begin, sizeof begin);
        std::memcpy(range.end_.raw_, &end, sizeof end);
    }
    return range;
}

ObjectRange View::members() const {
    ObjectRange range;
    if (const auto object = value_of<simdjson::dom::object>(raw_)) {
        const NativeMembers begin = object->begin(), end = object->end();
        std::memcpy(range.begin_.raw_, &begin, sizeof begin);
        std::memcpy(range.end_.raw_, &end, sizeof end);
    }
    return range;
}

std::string View::text() const {
    return simdjson::minify(native(raw_));
}

View ArrayRange::Iterator::operator*() const {
    const element here = *native<NativeElements>(raw_);
    return View(&here);
}

ArrayRange::Iterator& ArrayRange::Iterator::operator++() {
    advance<NativeElements>(raw_);
    return *this;
}

bool ArrayRange::Iterator::operator!=(const Iterator& other) const {
    return native<NativeElements>(raw_) != native<NativeElements>(other.raw_);
}

Member ObjectRange::Iterator::operator*() const {
    const auto here = native<NativeMembers>(raw_);
    const element value = here.value();
    return {here.key(), View(&value)};
}

ObjectRange::Iterator& ObjectRange::Iterator::operator++() {
    advance<NativeMembers>(raw_);
    return *this;
}

bool ObjectRange::Iterator::operator!=(const Iterator& other) const {
    return native<NativeMembers>(raw_) != native<NativeMembers>(other.raw_);
}

struct Parser::State {
    simdjson::dom::parser parser;
};

Parser::Parser() : state_(std::make_unique<State>()) {}
Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

Result<View> Parser::parse(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark, RFC 8259 section 8.1
    element root;
    const auto code = state_->parser.parse(text.data(), text.size(), true).get(root);
    if (code == simdjson::EMPTY)
        return Error(Code::bad_data, "the text is empty where JSON should be");
    if (code != simdjson::SUCCESS) {
        return Error(
            Code::bad_data, "not valid JSON: " + std::string(simdjson::error_message(code))
        );
    }
    return View(&root);
}

Result<Document> Document::parse(std::string_view text) {
    Parser parser;
    TOUCHLINE_TRY(const View root, parser.parse(text));
    return Document(std::move(parser), root);
}

std::optional<View> find(View value, std::string_view pointer) {
    while (!pointer.empty()) {
        if (pointer.front() != '/') return std::nullopt;
        pointer.remove_prefix(1);
        const std::string_view token = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(token.size());
        std::optional<View> next;
        if (value.kind() == Kind::array) {
            std::size_t index = 0;
            for (const char c : token) {
                if (c < '0' || c > '9' || index > 0xFFFFFF) return std::nullopt;
                index = index * 10 + static_cast<std::size_t>(c - '0');
            }
            if (!token.empty()) next = value.at(index);
        } else if (token.find('~') == std::string_view::npos) {
            next = value.get(token);
        } else {
            std::string key;
            for (std::size_t i = 0; i < token.size(); ++i) {
                const bool escape = token[i] == '~' && i + 1 < token.size();
                key.push_back(!escape ? token[i] : token[++i] == '1' ? '/' : '~');
            }
            next = value.get(key);
        }
        if (!next) return std::nullopt;
        value = *next;
    }
    return value;
}

}  // namespace touchline::json
