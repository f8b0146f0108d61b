#include "touchline/identity/policy.hpp"

#include <algorithm>
#include <set>

namespace touchline::identity {

namespace {

Error wrong(const model::Namespace& ns, std::string what, std::string cure) {
    return Error(Code::config, "namespace \"" + ns.name + "\": " + std::move(what))
        .cure(std::move(cure));
}

bool valid_name(std::string_view name) {
    const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto inner = [&](char c) {
        return lower(c) || (c >= '0' && c <= '9') ||
               std::string_view("_.:-").find(c) != std::string_view::npos;
    };
    return !name.empty() && name.size() <= 64 && lower(name.front()) &&
           std::ranges::all_of(name, inner);
}

bool valid_region(std::string_view region) {
    return region.empty() || (region.size() == 2 && std::ranges::all_of(region, [](char c) {
                                  return c >= 'A' && c <= 'Z';
                              }));
}

Result<void> check(const model::Namespace& ns) {
    if (!valid_name(ns.name))
        return wrong(
            ns,
            "this is not a name for a namespace",
            "Begin with a lower-case letter; go on with lower-case letters, digits and _ . : - up "
            "to 64."
        );
    if (ns.max_customers == 0)
        return wrong(ns, "a value could never have a holder", "Set max_customers to 1 or more.");
    if (ns.max_per_customer == 0)
        return wrong(
            ns, "a customer could never have one of it", "Set max_per_customer to 1 or more."
        );
    if (!valid_region(ns.region))
        return wrong(
            ns,
            "\"" + ns.region + "\" is not a region",
            "Write two capitals as in ISO 3166: BE, US."
        );
    if (ns.normaliser == model::Normaliser::name && ns.strength != model::Strength::weak)
        return wrong(
            ns,
            "names cannot decide who somebody is, as many people share one",
            "Set its strength to weak."
        );
    if (std::ranges::find(ns.blocked, "") != ns.blocked.end())
        return wrong(ns, "a blocked value is empty", "Remove the empty entry.");
    return {};
}

void apply(const model::NamespaceSetting& setting, model::Namespace& ns) {
    ns.normaliser = setting.normaliser.value_or(ns.normaliser);
    ns.strength = setting.strength.value_or(ns.strength);
    ns.max_per_customer = setting.max_per_customer.value_or(ns.max_per_customer);
    ns.max_customers = setting.max_customers.value_or(ns.max_customers);
    ns.order = setting.order.value_or(ns.order);
    ns.region = setting.region.value_or(ns.region);
    ns.blocked.insert(ns.blocked.end(), setting.blocked.begin(), setting.blocked.end());
}

}  // namespace

Policy::Policy() : Policy(default_namespaces()) {}

Policy::Policy(std::vector<model::Namespace> namespaces) : namespaces_(std::move(namespaces)) {
    std::ranges::sort(namespaces_, {}, &model::Namespace::name);
    for (std::size_t i = 0; i < namespaces_.size(); ++i) {
        const auto& ns = namespaces_[i];
        entries_[ns.name] = {
            .index = i,
            .blocked = {ns.blocked.begin(), ns.blocked.end()},
            .roles = {ns.roles.begin(), ns.roles.end()}};
    }
}

Result<Policy> Policy::make(
    std::span<const model::NamespaceSetting> settings, std::string_view default_region
) {
    auto all = default_namespaces();
    std::set<std::string_view> seen;
    for (const auto& setting : settings) {
        auto found = std::ranges::find(all, setting.name, &model::Namespace::name);
        if (found == all.end()) {
            all.emplace_back().name = setting.name;
            found = all.end() - 1;
        }
        apply(setting, *found);
        TOUCHLINE_CHECK(check(*found));
        if (!seen.insert(setting.name).second)
            return wrong(*found, "it is configured twice", "Keep one of the two entries.");
    }
    for (auto& ns : all)
        if (ns.normaliser == model::Normaliser::phone && ns.region.empty())
            ns.region = default_region;
    return Policy(std::move(all));
}

const model::Namespace* Policy::find(std::string_view ns) const {
    const auto entry = entries_.find(ns);
    return entry == entries_.end() ? nullptr : &namespaces_[entry->second.index];
}

const model::Namespace& Policy::rule(std::string_view ns) const {
    const auto* found = find(ns);
    return found ? *found : unknown_;
}

bool Policy::blocks(std::string_view ns, std::string_view value) const {
    const auto entry = entries_.find(ns);
    if (entry == entries_.end() || entry->second.blocked.empty()) return false;
    const auto& blocked = entry->second.blocked;
    if (blocked.contains(value)) return true;
    const auto at = value.rfind('@');
    return at != std::string_view::npos &&
           (blocked.contains(value.substr(0, at + 1)) || blocked.contains(value.substr(at)));
}

std::uint32_t Policy::max_holders(std::string_view ns, std::string_view value) const {
    const auto entry = entries_.find(ns);
    if (entry == entries_.end()) return unknown_.max_customers;
    const auto at = value.rfind('@');
    const bool has_role =
        at != std::string_view::npos && entry->second.roles.contains(value.substr(0, at + 1));
    return has_role ? 1 : namespaces_[entry->second.index].max_customers;
}

}  // namespace touchline::identity
