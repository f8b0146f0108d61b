// What the API answers, one function per resource, and who may ask for it. Each gets a request
// whose sender has one of the route's roles.
#pragma once

#include "touchline/access/role.hpp"
#include "touchline/api/api.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchline::api {

/// A request on its way through the routes.
struct Call {
    const ApiOptions& options;
    const net::ServerRequest& request;
    std::vector<std::string> path;  ///< what stood for the `{}` of the route
    const access::Caller& caller;

    /// What the caller may read.
    const view::Reading& reading() const {
        return options.readings[static_cast<std::size_t>(caller.role)];
    }

    /// A query parameter, or empty.
    std::string query(std::string_view name) const;
    /// Error: bad_data, naming the parameter, unless it is a whole number between the bounds.
    Result<std::int64_t> number(
        std::string_view name, std::int64_t fallback, std::int64_t low, std::int64_t high
    ) const;
    /// True for `name`, `name=1` and `name=true`. Error: bad_data, for what is neither yes nor no.
    Result<bool> flag(std::string_view name) const;
    /// RFC 3339. Error: bad_data, naming the parameter.
    Result<std::optional<Time>> time(std::string_view name) const;
};

using Answer = Result<net::ServerResponse>;

Answer get_lookup(const Call& call);
Answer get_customer(const Call& call);
Answer get_summary(const Call& call);
Answer get_journey(const Call& call);
Answer get_timeline(const Call& call);
Answer get_density(const Call& call);
Answer get_export(const Call& call);
Answer get_pins(const Call& call);
Answer post_pin(const Call& call);
Answer post_note(const Call& call);
Answer get_why(const Call& call);
Answer post_field(const Call& call);
Answer post_merge(const Call& call);
Answer post_split(const Call& call);
Answer post_undo(const Call& call);
Answer get_review(const Call& call);
Answer post_review(const Call& call);
Answer get_connections(const Call& call);
Answer post_run(const Call& call);
Answer get_destinations(const Call& call);
Answer post_enable(const Call& call);
Answer get_dead_letters(const Call& call);
Answer get_audit(const Call& call);
Answer get_users(const Call& call);
Answer post_user(const Call& call);
Answer post_user_role(const Call& call);
Answer post_user_password(const Call& call);
Answer post_user_disable(const Call& call);
Answer post_user_enable(const Call& call);
Answer post_dead_letter_retry(const Call& call);
Answer get_dead_letter_causes(const Call& call);
Answer post_dead_letter_drop(const Call& call);
Answer get_droppings(const Call& call);
Answer post_dropping_restore(const Call& call);
Answer get_runs(const Call& call);
Answer get_requests(const Call& call);

Answer get_streams(const Call& call);
Answer get_samples(const Call& call);
Answer get_mapping(const Call& call);
Answer post_mapping(const Call& call);
Answer post_trial(const Call& call);
Answer get_raw_volume(const Call& call);
Answer get_replays(const Call& call);
Answer post_replay(const Call& call);
Answer post_replay_cancel(const Call& call);
Answer get_plans(const Call& call);
Answer get_plan(const Call& call);
Answer post_plan(const Call& call);
Answer post_plan_cancel(const Call& call);
Answer post_plan_apply(const Call& call);
Answer get_tap(const Call& call);

struct Route {
    std::string_view method, pattern;  ///< "/api/v1/customers/{}/timeline"
    Answer (*answer)(const Call&);
    /// A route that names nobody is for those who run the installation.
    access::Roles roles = {access::Role::integrator, access::Role::admin};
};
std::span<const Route> routes();

}  // namespace touchline::api
