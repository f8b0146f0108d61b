#include "touchline/model/identity.hpp"

namespace touchline::model {

std::string_view to_string(Role role) {
    switch (role) {
        case Role::subject:
            return "subject";
        case Role::counterparty:
            return "counterparty";
        case Role::account:
            return "account";
    }
    return "subject";
}

std::string_view to_string(Trust trust) {
    switch (trust) {
        case Trust::verified:
            return "verified";
        case Trust::claimed:
            return "claimed";
        case Trust::inferred:
            return "inferred";
    }
    return "claimed";
}

std::string_view to_string(Strength strength) {
    switch (strength) {
        case Strength::unique:
            return "unique";
        case Strength::strong:
            return "strong";
        case Strength::weak:
            return "weak";
    }
    return "unique";
}

std::string_view to_string(Normaliser normaliser) {
    switch (normaliser) {
        case Normaliser::raw:
            return "raw";
        case Normaliser::email:
            return "email";
        case Normaliser::phone:
            return "phone";
        case Normaliser::name:
            return "name";
    }
    return "raw";
}

}  // namespace touchline::model
