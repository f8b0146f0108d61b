#include "page_codec.hpp"

#include <zstd.h>

namespace touchline::store::sqlite {
namespace {

// Higher levels cost more than the disk they save: this one takes a tenth of the commit.
constexpr int k_level = 1;

}  // namespace

void PagePacker::Free::operator()(ZSTD_CCtx_s* context) const {
    ZSTD_freeCCtx(context);
}

PagePacker::PagePacker() = default;
PagePacker::~PagePacker() = default;

Result<std::string_view> PagePacker::pack(std::string_view page) {
    if (context_ == nullptr) context_.reset(ZSTD_createCCtx());
    const std::size_t bound = ZSTD_compressBound(page.size());
    if (frame_.size() < bound) frame_.resize(bound);
    const std::size_t size = ZSTD_compressCCtx(
        context_.get(), frame_.data(), frame_.size(), page.data(), page.size(), k_level
    );
    if (ZSTD_isError(size) != 0) {
        return Error(Code::internal, std::string("packing a page: ") + ZSTD_getErrorName(size));
    }
    return std::string_view(frame_.data(), size);
}

void PagePacker::shrink() {
    context_.reset();
    frame_ = {};
}

Result<void> unpack_page(std::string_view frame, std::string& page) {
    const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
        return Error(Code::config, "a stored page is damaged")
            .cure("Put back the last backup of the store.");
    }
    page.resize(size);
    const std::size_t got = ZSTD_decompress(page.data(), page.size(), frame.data(), frame.size());
    if (got != size) {
        return Error(Code::config, "a stored page is damaged")
            .cure("Put back the last backup of the store.");
    }
    return {};
}

}  // namespace touchline::store::sqlite
