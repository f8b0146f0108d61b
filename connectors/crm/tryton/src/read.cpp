// What was changed, by id: a record has no time of its last change until its second one, so nothing
// can be sorted by it, and whole imports share one microsecond. A pass goes through the ids of all
// that was changed since the newest change that was known when the pass before began.
#include "read.hpp"

#include <algorithm>

namespace tryton {

namespace {

/// Times are given before a change is committed.
constexpr std::int64_t k_overlap_ms = 60'000;
constexpr std::int64_t k_page = 200;
constexpr std::int64_t k_ids_page = 5000;
constexpr std::size_t k_asked_at_once = 500;

class ModelReader {
public:
    ModelReader(
        Job& job,
        const sdk::ReadArgs& args,
        const Model& model,
        sdk::State state,
        std::string context
    )
        : job_(&job),
          args_(&args),
          model_(&model),
          state_(std::move(state)),
          known_(state_),
          recent_(state_),
          context_(std::move(context)) {}

    Result<void> run() {
        if (!state_.has("newest")) {
            TL_TRY(const auto newest, newest_ms());
            state_.set("newest", newest);
        }
        for (bool more = true; more;) {
            TL_TRY(more, next_page());
            if (!more) {
                const auto from = state_.number("newest") - k_overlap_ms;
                state_.set("from", std::max(from, state_.number("from")));
                state_.drop("after").drop("newest");
            }
            TL_CHECK(state_.save(*job_, args_->stream));
        }
        return sdk::sweep(
            *job_,
            *args_,
            {},
            state_,
            known_,
            [&] { return count(); },
            [&](sdk::IdSet& present) { return list_ids(present); },
            [&](const auto& ids) { return deleted_of(ids); }
        );
    }

private:
    Result<sdk::HttpResponse> ask(const std::string& method, const std::string& params) {
        return call(
            *job_, "model." + std::string(model_->name) + "." + method, params + "," + context_
        );
    }

    /// Of the whole model, as the server knows it now.
    Result<std::int64_t> newest_ms() {
        std::int64_t newest = 0;
        for (const std::string field : {"write_date", "create_date"}) {
            TL_TRY(
                const auto answer,
                ask("search_read",
                    "[[\"" + field + "\",\"!=\",null]],0,1,[[\"" + field + "\",\"DESC\"]],[\"" +
                        field + "\"]")
            );
            TL_TRY(const auto time, answer.pick("/result/0/" + field));
            newest = std::max(newest, datetime_ms(time).value_or(0));
        }
        return newest;
    }

    std::string domain() const {
        std::string domain = "[[\"id\",\">\"," + std::to_string(state_.number("after")) + "]";
        const std::int64_t from = state_.number("from", args_->since_unix_ms.value_or(0));
        if (from > 0) {
            const std::string time = datetime_json(from);
            domain += ",[\"OR\",[\"write_date\",\">=\"," + time +
                      "],[[\"write_date\",\"=\",null],[\"create_date\",\">=\"," + time + "]]]";
        }
        return domain + "]";
    }

    /// Whether there may be another.
    Result<bool> next_page() {
        std::string fields = "\"create_date\",\"write_date\"";
        for (const auto field : model_->fields) sdk::append_quoted(fields += ',', field);
        TL_TRY(
            const auto answer,
            ask("search_read",
                domain() + ",0," + std::to_string(k_page) + ",[[\"id\",\"ASC\"]],[" + fields + "]")
        );
        TL_TRY(const auto ids, answer.body().pick_each("/result", "/id"));
        if (ids.empty()) return false;
        TL_TRY(const auto lines, lines_of(answer.body(), ids));
        if (!lines.empty()) TL_CHECK(job_->page_lines(args_->stream, lines));
        recent_.keep_in(state_);
        known_.insert(ids);
        known_.keep_in(state_);
        state_.set("after", ids.back().as_text());
        return ids.size() == static_cast<std::size_t>(k_page);
    }

    /// Of those that are not as they were when they were last read.
    Result<std::string> lines_of(const sdk::Body& answer, const std::vector<sdk::Value>& ids) {
        TL_TRY(const auto created, answer.pick_each("/result", "/create_date"));
        TL_TRY(const auto written, answer.pick_each("/result", "/write_date"));
        std::vector<std::vector<sdk::Value>> columns;
        for (const auto field : model_->fields) {
            std::string pointer = "/" + std::string(field);
            // {"currency.": {"code": …}}
            if (const auto dot = pointer.find('.'); dot != std::string::npos)
                pointer.insert(dot + 1, "/");
            TL_TRY(columns.emplace_back(), answer.pick_each("/result", pointer));
        }
        std::string lines;
        for (std::size_t row = 0; row < ids.size(); ++row) {
            std::string line;
            sdk::JsonObject record(line);
            record.raw("id", ids[row].text).raw("created", plain_json(created[row]));
            record.raw("changed", plain_json(written[row].is_set() ? written[row] : created[row]));
            for (std::size_t i = 0; i < columns.size(); ++i) {
                std::string name(model_->fields[i]);
                std::replace(name.begin(), name.end(), '.', '_');
                record.raw(name, plain_json(columns[i][row]));
            }
            record.end();
            if (recent_.is_news(ids[row].text, line)) lines += line + '\n';
        }
        return lines;
    }

    Result<std::int64_t> count() {
        TL_TRY(const auto answer, ask("search_count", "[]"));
        TL_TRY(const auto count, answer.pick("/result"));
        return count.as_int().value_or(0);
    }

    Result<void> list_ids(sdk::IdSet& present) {
        for (;;) {
            TL_TRY(
                const auto answer,
                ask("search",
                    "[[\"id\",\">\"," + std::to_string(present.greatest()) + "]],0," +
                        std::to_string(k_ids_page) + ",[[\"id\",\"ASC\"]]")
            );
            TL_TRY(const auto ids, answer.body().pick_each("/result", ""));
            for (const auto& id : ids) present.insert(id.as_int().value_or(0));
            if (ids.size() < static_cast<std::size_t>(k_ids_page)) return {};
        }
    }

    Result<std::vector<std::int64_t>> deleted_of(const std::vector<std::int64_t>& ids) {
        std::vector<std::int64_t> deleted;
        for (std::size_t from = 0; from < ids.size(); from += k_asked_at_once) {
            const std::size_t until = std::min(from + k_asked_at_once, ids.size());
            std::string list;
            for (std::size_t i = from; i < until; ++i)
                list.append(i > from ? "," : "").append(std::to_string(ids[i]));
            TL_TRY(
                const auto answer, ask("search", "[[\"id\",\"in\",[" + list + "]]],0,null,null")
            );
            TL_TRY(const auto found, answer.body().pick_each("/result", ""));
            sdk::IdSet there;
            for (const auto& id : found) there.insert(id.as_int().value_or(0));
            for (std::size_t i = from; i < until; ++i) {
                if (!there.contains(ids[i])) deleted.push_back(ids[i]);
            }
        }
        return deleted;
    }

    Job* job_;
    const sdk::ReadArgs* args_;
    const Model* model_;
    sdk::State state_;
    sdk::Known known_;
    sdk::Recent recent_;
    std::string context_;
};

}  // namespace

Result<std::string> context_of(Job& job) {
    TL_TRY(const auto answer, call(job, "model.res.user.get_preferences", "true,{}"));
    TL_TRY(const auto company, answer.pick("/result/company"));
    std::string context;
    sdk::JsonObject object(context);
    object.boolean("active_test", false);
    if (company.as_int()) object.number("company", *company.as_int());
    object.end();
    return context;
}

Result<void> read_model(Job& job, const sdk::ReadArgs& args, const Model& model) {
    TL_TRY(
        auto state,
        sdk::State::parse(job, args, {"from", "after", "newest", "recent", "known", "swept"})
    );
    TL_TRY(auto context, context_of(job));
    return ModelReader(job, args, model, std::move(state), std::move(context)).run();
}

}  // namespace tryton
