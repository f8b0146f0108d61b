#include "answer_meanings.hpp"

#include "touchline/json/view.hpp"

#include <algorithm>
#include <optional>

namespace touchline::host {

namespace {

std::string text_of(json::View value) {
    const auto string = value.as_string();
    return string ? std::string(*string) : value.text();
}

bool says(json::View body, const AnswerDeclaration& declared) {
    const auto value = json::find(body, declared.at);
    return value && std::ranges::count(declared.is, text_of(*value)) > 0;
}

int meaning(const net::Response& response, const std::vector<AnswerDeclaration>& answers) {
    const auto concerned = [&](const AnswerDeclaration& declared) {
        return declared.status == response.status;
    };
    if (std::ranges::none_of(answers, concerned)) return response.status;
    const auto body = json::Document::parse(response.body);
    if (!body) return response.status;
    for (const AnswerDeclaration& declared : answers) {
        if (concerned(declared) && says(body->root(), declared)) return declared.means;
    }
    return response.status;
}

}  // namespace

std::function<int(const net::Response&)> status_reader(std::vector<AnswerDeclaration> answers) {
    if (answers.empty()) return {};
    return [answers = std::move(answers)](const net::Response& response) {
        return meaning(response, answers);
    };
}

}  // namespace touchline::host
