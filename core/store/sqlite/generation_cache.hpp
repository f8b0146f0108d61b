// A bounded map that forgets what was not asked for lately: when the young half is full it becomes
// the old half, and the old one is dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <utility>

namespace touchline::store::sqlite {

template <typename Key, typename Value, typename Hash = std::hash<Key>>
class GenerationCache {
public:
    explicit GenerationCache(std::size_t capacity) : half_(capacity / 2) {}

    /// Null when it is not known. Valid until the next call. Anything that Hash and == take for a
    /// key will do.
    template <typename Lookup>
    Value* find(const Lookup& key) {
        if (const auto found = young_.find(key); found != young_.end()) return &found->second;
        const auto found = old_.find(key);
        if (found == old_.end()) return nullptr;
        auto node = old_.extract(found);
        make_room();
        return &young_.insert(std::move(node)).position->second;
    }

    Value& put(Key key, Value value) {
        make_room();
        return young_.insert_or_assign(std::move(key), std::move(value)).first->second;
    }

    /// What is put stays until this has grown by two.
    std::uint64_t generation() const { return generation_; }

    void erase(const Key& key) {
        young_.erase(key);
        old_.erase(key);
    }

    void clear() {
        young_ = {};
        old_ = {};
        ++generation_;
    }

private:
    using Map = std::unordered_map<Key, Value, Hash, std::equal_to<>>;

    void make_room() {
        if (young_.size() < half_) return;
        old_ = std::exchange(young_, {});
        ++generation_;
    }

    std::size_t half_;
    std::uint64_t generation_ = 0;
    Map young_, old_;
};

}  // namespace touchline::store::sqlite
