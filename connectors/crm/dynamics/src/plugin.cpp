// Dataverse keeps the book itself: a first read of a table ends with a link that gives what has
// changed and what was deleted since, and so does each read of such a link.
#include "touchline/sdk/plugin.hpp"

#include "tables.hpp"

#include "touchline/sdk/paging.hpp"

#include <memory>

namespace dynamics {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

namespace {

/// What a lookup leads to stands beside its id.
sdk::HttpRequest with_preferences(sdk::HttpRequest request) {
    return request
        .header(
            "Prefer",
            "odata.track-changes,odata.maxpagesize=5000,"
            "odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\""
        )
        .header("OData-MaxVersion", "4.0")
        .header("OData-Version", "4.0")
        .header("Accept", "application/json");
}

/// Records as they came; what was deleted as {"contactid": …, "deleted": true}.
Result<std::string> lines_of(const Table& table, const sdk::Body& page) {
    TL_TRY(const auto rows, page.pick_each("/value", ""));
    TL_TRY(const auto keys, page.pick_each("/value", "/" + std::string(table.key)));
    TL_TRY(const auto gone, page.pick_each("/value", "/id"));
    std::string lines;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (keys[i].is_set()) {
            lines += rows[i].text;
        } else {
            sdk::JsonObject(lines)
                .text(table.key, gone[i].as_text())
                .boolean("deleted", true)
                .end();
        }
        lines += '\n';
    }
    return lines;
}

Error not_tracked(const Table& table) {
    return Error(
        Status::config,
        "Dataverse does not keep track of changes to the table " + std::string(table.set) +
            ": switch \"Track changes\" on in the table's advanced options."
    );
}

}  // namespace

class Dynamics : public sdk::Source<Dynamics> {
public:
    static Result<std::unique_ptr<Dynamics>> create(const sdk::Config&) {
        return std::make_unique<Dynamics>();
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto answer, job.get("api", "/WhoAmI"));
        TL_TRY(const auto user, answer.pick("/UserId"));
        if (!user.is_set())
            return Error(Status::config, "What answers at this address is not Dataverse.");
        return "Dataverse answers; the application is the user " + user.as_text() + ".";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        const Table* const table = table_named(args.stream);
        if (table == nullptr)
            return Error(Status::config, "Dynamics has no stream \"" + args.stream + "\".");
        TL_TRY(auto state, sdk::State::parse(job, args, {"next", "delta"}));
        auto passed = pass(job, *table, state);
        const bool is_old = !passed && passed.error().status == Status::not_found;
        if (is_old && (state.has("next") || state.has("delta"))) {
            job.log(
                TL_LOG_WARNING, "the link to changes has expired: the whole table is read again"
            );
            state.drop("next").drop("delta");
            passed = pass(job, *table, state);
        }
        if (!passed) return std::move(passed).error();
        return sdk::ReadEnd::end;
    }

private:
    static Result<void> pass(Job& job, const Table& table, sdk::State& state) {
        const auto fetch = [&](const std::string& at) -> Result<sdk::Fetched> {
            sdk::HttpRequest first("api", "/" + std::string(table.set));
            first.param("$select", std::string(table.columns) + ",versionnumber");
            TL_TRY(
                auto answer,
                at.empty() ? job.send(with_preferences(std::move(first)))
                           : job.follow(at, with_preferences({{}, {}}))
            );
            TL_TRY(
                const auto way,
                answer.body().pick({"/@odata.nextLink", "/@odata.deltaLink", "/value/0"})
            );
            if (way[0].is_set()) return sdk::Fetched{std::move(answer), way[0].as_text(), {}};
            if (!way[1].is_set()) return not_tracked(table);
            // The link that was asked for, with records: it is the answer that ended with it.
            const bool is_new = way[1].as_text() != at || !way[2].is_set();
            return sdk::Fetched{std::move(answer), way[1].as_text(), {}, is_new};
        };
        const auto take = [&](const sdk::Fetched& page) -> Result<void> {
            TL_TRY(const auto lines, lines_of(table, page.answer.body()));
            if (!lines.empty()) TL_CHECK(job.page_lines(table.stream, lines));
            state.drop("next").set(page.is_last() ? "delta" : "next", page.next);
            return state.save(job, table.stream);
        };
        return sdk::walk(state.has("next") ? state.text("next") : state.text("delta"), fetch, take);
    }
};

}  // namespace dynamics

TOUCHLINE_PLUGIN(dynamics::Dynamics)
