// The first line is a namespace, the rest a value: normalising twice is normalising once.
#include "fuzz.hpp"

#include "touchline/identity/normalise.hpp"

void touchline::fuzz::run(std::string_view input) {
    static const identity::Policy policy;
    static const identity::Normaliser normaliser(policy);
    const auto [ns, value] = first_line(input);
    model::Claim claim;
    claim.ns = ns;
    claim.value = value;
    const auto once = normaliser.normalise(claim, "BE");
    if (!once || once->status == identity::Status::invalid) return;
    claim.value = once->value;
    const auto twice = normaliser.normalise(claim, "BE");
    TOUCHLINE_ASSERT(twice && twice->status == once->status && twice->value == once->value);
}
