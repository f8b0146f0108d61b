#include "sentences.hpp"

#include "touchline/identity/rules.hpp"

#include <algorithm>
#include <sstream>

namespace touchline::identity {

namespace {

std::string day(Time time) {
    return format_rfc3339(time).substr(0, 10);
}

std::string quoted(const std::string& text) {
    return "\"" + text + "\"";
}

std::string both(const Member& a, const Member& b) {
    return label(a) + " and " + label(b);
}

/// ": she told me (by lea)", or nothing.
std::string because(const LinkEvidence& link) {
    return link.reason.empty() ? "" : ": " + link.reason;
}

std::string sentence_for_likeness(const Member& from, const Member& to, const LinkEvidence& link) {
    std::ostringstream bits;
    bits.precision(1);
    bits << std::fixed << *link.score;
    return both(from, to) + " are alike" + because(link) + " (" + bits.str() + " bits).";
}

std::string times(std::span<const LinkEvidence* const> links) {
    std::int64_t support = 0;
    for (const auto* link : links) support += link->support;
    return support == 1 ? "" : ", by " + std::to_string(support) + " records";
}

/// Who speaks for the link: a person before a rule before a source.
const LinkEvidence& spokesman(std::span<const LinkEvidence* const> links) {
    const auto said_by = [&](model::By by) {
        return std::ranges::find(links, by, [](const LinkEvidence* link) { return link->by; });
    };
    for (const auto by : {model::By::agent, model::By::rule})
        if (const auto found = said_by(by); found != links.end()) return **found;
    return *links.front();
}

/// The end of a refused link that others have too.
const Member& shared_end(const RefusalMembers& members) {
    if (members.a->shared != members.b->shared) return members.a->shared ? *members.a : *members.b;
    const bool is_a = members.a->strength == model::Strength::strong &&
                      members.b->strength != model::Strength::strong;
    return is_a ? *members.a : *members.b;
}

}  // namespace

std::string label(const Member& member) {
    return member.ns + ":" + member.value;
}

std::string sentence_for_link(
    const Member& from, const Member& to, std::span<const LinkEvidence* const> links
) {
    const auto& link = spokesman(links);
    const bool is_plain = link.rule.empty() || link.rule == k_stated;
    const auto rule = is_plain ? "" : " (rule " + link.rule + ")";
    const auto since = " on " + day(link.asserted_at);
    switch (link.by) {
        case model::By::agent:
            return "A person said" + since + " that " + both(from, to) + " are the same" +
                   because(link) + ".";
        case model::By::rule:
            if (link.score) return sentence_for_likeness(from, to, link);
            return both(from, to) + " match by the rule " + quoted(link.rule) + ", first" + since +
                   times(links) + ".";
        case model::By::import:
            return both(from, to) + " were imported as the same" + since + rule + ".";
        case model::By::source:
            break;
    }
    const auto where = (link.evidence.empty() ? "" : " (" + link.evidence + ")") + times(links);
    const auto first = ", first" + since + where + ".";
    if (trust_of(link.rule) == model::Trust::verified)
        return both(from, to) + " stand together in a record whose source verified it" + first;
    if (link.rule.empty() || is_of_record(link.rule))
        return both(from, to) + " stand together in one record" + first;
    return both(from, to) + " are one by the word of their source" + rule + first;
}

std::string sentence_for_refusal(const RefusedLink& refused, const RefusalMembers& members) {
    auto text = both(*members.a, *members.b) + " are linked, but ";
    switch (refused.reason) {
        case Refusal::not_same: {
            const bool direct = members.other_a == members.a && members.other_b == members.b;
            const bool known = members.other_a && members.other_b;
            const bool by_person = members.word && members.word->by == model::By::agent;
            text +=
                by_person ? "a person said on " + day(members.word->asserted_at) : "it was said";
            text += " that ";
            text += direct || !known ? "they" : both(*members.other_a, *members.other_b);
            text += " are not the same" + (members.word ? because(*members.word) : "") + ".";
            break;
        }
        case Refusal::cap:
            text += "one customer would then have more values of " + quoted(refused.ns) +
                    " than max_per_customer allows.";
            break;
        case Refusal::names:
            text += "the names " + quoted(refused.name_a) + " and " + quoted(refused.name_b) +
                    " contradict.";
            break;
        case Refusal::births:
            text +=
                "one was born on " + refused.name_a + " and the other on " + refused.name_b + ".";
            break;
        case Refusal::size:
            text += "likeness alone would then hold more together than one person has.";
            break;
        case Refusal::weak:
            text += "many people share such a value, so it joins nobody.";
            break;
        case Refusal::shared:
            text += label(shared_end(members)) +
                    " is shared by too many to tell who somebody is, so it joins nobody.";
            break;
    }
    if (!members.holder) return text;
    return text + " " + label(shared_end(members)) + " stays with " + label(*members.holder) + ".";
}

}  // namespace touchline::identity
