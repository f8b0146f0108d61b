// From a claim as the source wrote it to the one text that stands for this identity everywhere.
#pragma once

#include "touchline/base/result.hpp"
#include "touchline/identity/policy.hpp"
#include "touchline/model/identity.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchline::identity {

enum class Status {
    usable,   ///< an identity
    blocked,  ///< well-formed, but it says nothing about anybody: a placeholder or a mailbox of
              ///< many
    invalid,  ///< not what its namespace wants
};

struct Normalised {
    std::string ns;
    std::string value;  ///< empty when invalid
    model::Strength strength = model::Strength::unique;
    Status status = Status::usable;
    std::string reason;                     ///< one phrase for people; empty when usable
    std::vector<std::string> search_terms;  ///< what a look-up may ask for; empty unless usable
};

struct NormaliserOptions {
    /// "ana+shop@example.org" becomes "ana@example.org".
    bool cut_plus_tag = false;
};

/// Normalises by the policy's rules: email (RFC 5321 length limits, UTS 46 for the domain), phone
/// (E.164), name (Latin letters in ASCII), raw. Deterministic for one version of ICU and
/// libphonenumber. Cheap to make; the transliterator is built with the first name that is not
/// ASCII. One thread at a time.
class Normaliser {
public:
    /// Keeps a reference to the policy.
    explicit Normaliser(const Policy& policy, NormaliserOptions options = {});
    ~Normaliser();
    Normaliser(Normaliser&&) noexcept;
    Normaliser& operator=(Normaliser&&) noexcept;

    /// Error: internal, when ICU itself fails. A bad value is not an error: see Status.
    Result<Normalised> normalise(const model::Claim& claim) const;
    /// `region` (ISO 3166, may be empty) stands in for the namespace's own where a phone number has
    /// no country code.
    Result<Normalised> normalise(const model::Claim& claim, std::string_view region) const;

    const Policy& policy() const { return *policy_; }

private:
    class Parts;
    const Policy* policy_;
    NormaliserOptions options_;
    std::unique_ptr<Parts> parts_;
};

}  // namespace touchline::identity
