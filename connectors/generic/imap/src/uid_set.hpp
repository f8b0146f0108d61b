// A set of message numbers as IMAP writes them: "1:500,502,504:900".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace imap {

class UidSet {
public:
    struct Range {
        std::uint32_t first, last;
    };

    /// What is no number ends it.
    static UidSet parse(std::string_view text);
    std::string text() const;

    void add(std::uint32_t first, std::uint32_t last);
    void add(std::uint32_t uid) { add(uid, uid); }
    void remove(const UidSet& other);
    bool contains(std::uint32_t uid) const;
    bool empty() const { return ranges_.empty(); }
    std::uint64_t size() const;
    /// Those of this one that the other does not have.
    UidSet without(const UidSet& other) const;
    UidSet within(const UidSet& other) const;
    /// The first so many.
    std::vector<std::uint32_t> first(std::size_t count) const;
    const std::vector<Range>& ranges() const { return ranges_; }
    /// Closes the smallest gaps until it has no more than so many ranges: it then has more than it
    /// had, never less.
    void coarsen(std::size_t most_ranges);

private:
    std::vector<Range> ranges_;  ///< in order, apart from each other
};

}  // namespace imap
