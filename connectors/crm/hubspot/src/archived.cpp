#include "kinds.hpp"

namespace hubspot {

Result<void> read_archived(Job& job, const Kind& kind) {
    const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
        sdk::HttpRequest request("api", kind.path());
        request.param("limit", "100").param("archived", "true");
        request.param("properties", std::string(kind.modified));
        if (!at.empty()) request.param("after", at);
        TL_TRY(auto answer, job.send(request));
        TL_TRY(const auto next, answer.pick("/paging/next/after"));
        return sdk::Fetched{std::move(answer), next.as_text(), {}};
    };
    const auto take = [&](const sdk::Fetched& page) -> Result<void> {
        return job.page(kind.name, page.answer.body(), "/results");
    };
    return sdk::walk("", fetch, take);
}

}  // namespace hubspot
