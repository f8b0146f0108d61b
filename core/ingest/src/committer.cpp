#include "committer.hpp"

#include "commit_pass.hpp"

namespace touchline::ingest {

Committer::Committer(const Environment& environment, const ConnectionPlan& plan, bool force)
    : environment_(environment), plan_(plan), force_(force), earlier_(environment, plan) {}

Result<Committed> Committer::commit(const Batch& batch) {
    TOUCHLINE_TRY(const auto transaction, environment_.store.begin());
    CommitPass pass(environment_, plan_, earlier_, force_, *transaction, batch);
    TOUCHLINE_TRY(const Committed committed, pass.run());
    TOUCHLINE_CHECK(transaction->commit());
    return committed;
}

}  // namespace touchline::ingest
