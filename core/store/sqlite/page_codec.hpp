// Pages of raw records as zstd frames.
#pragma once

#include "touchline/base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;

namespace touchline::store::sqlite {

/// Keeps its working memory from page to page. One thread at a time.
class PagePacker {
public:
    PagePacker();
    ~PagePacker();
    PagePacker(const PagePacker&) = delete;
    PagePacker& operator=(const PagePacker&) = delete;

    /// The frame; valid until the next call.
    Result<std::string_view> pack(std::string_view page);
    /// Gives the working memory back.
    void shrink();

private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, Free> context_;
    std::string frame_;
};

Result<void> unpack_page(std::string_view frame, std::string& page);

}  // namespace touchline::store::sqlite
