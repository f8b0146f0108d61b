// The readable part of messages.
#include "evaluator.hpp"
#include "mail_text.hpp"

#include "touchline/base/text.hpp"

namespace touchline::mapping {
namespace {

Value first_line(Call& call) {
    const std::string_view text = trim(call[0].string());
    return Value::of(trim(text.substr(0, text.find_first_of("\r\n"))));
}

constexpr Function k_functions[] = {
    {{"first_line",
      "first_line(text)",
      "The first line that is not blank.",
      "first_line('one')",
      R"("one")",
      false},
     1,
     1,
     {k_text},
     true,
     first_line},
    {{"strip_html",
      "strip_html(text)",
      "The text of HTML, without tags, scripts and styles.",
      "strip_html('<p>Fish &amp; chips</p>')",
      R"("Fish & chips")",
      false},
     1,
     1,
     {k_text},
     true,
     [](Call& call) { return call.text(strip_html(call[0].string())); }},
    {{"strip_quotes",
      "strip_quotes(text)",
      "A message without what it quotes: lines that start with >, and the line before them (\"On … "
      "wrote:\").",
      "strip_quotes('Thanks!')",
      R"("Thanks!")",
      false},
     1,
     1,
     {k_text},
     true,
     [](Call& call) { return call.text(strip_quotes(call[0].string())); }},
};

}  // namespace

std::span<const Function> mail_functions() {
    return k_functions;
}

}  // namespace touchline::mapping
