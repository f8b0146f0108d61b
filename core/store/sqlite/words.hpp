// Words of small vocabularies and their keys in the table `word`.
#pragma once

#include "connection.hpp"

namespace touchline::store::sqlite {

enum class WordKey : std::int64_t { none };

class Words {
public:
    /// Finds or makes the word.
    Result<WordKey> key(Connection& db, std::string_view text);
    void forget() { known_ = {}; }

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    Result<WordKey> look_up(Connection& db, std::string_view text);

    std::unordered_map<std::string, WordKey, TextHash, std::equal_to<>> known_;
};

}  // namespace touchline::store::sqlite
