#include "evaluator.hpp"

#include "equality.hpp"

#include <algorithm>

namespace touchline::mapping {
namespace {

// Enough for any honest mapping of any honest record; a guard against expressions that explode.
constexpr std::size_t k_most_steps = 1'000'000;
constexpr std::size_t k_most_text_bytes = std::size_t{16} << 20;

Value walk(const Step& step, const Value& value) {
    return step.is_index ? value.at(step.index) : value.get(step.name).value_or(Value());
}

}  // namespace

const Value* Lookups::find(std::string_view name) const {
    const auto found = std::find_if(tables.begin(), tables.end(), [&](const auto& table) {
        return table.first == name;
    });
    return found == tables.end() ? nullptr : &found->second;
}

Result<Value> Evaluator::run(const Program& program, const Scope& scope) {
    program_ = &program;
    scope_ = &scope;
    steps_ = k_most_steps;
    failure_.reset();
    scratch_.clear();
    const Value value =
        evaluate(static_cast<std::uint32_t>(program.nodes.size() - 1), scope.element);
    if (!failure_) return value;
    return Error(Code::bad_data, std::move(failure_->message))
        .at({{}, 1, static_cast<int>(failure_->offset) + 1});
}

Value Evaluator::apply(const Value& reference, const Value& current) {
    return evaluate(program_->nodes[reference.node()].left, current);
}

bool Evaluator::is_equal(const Value& a, const Value& b) {
    const bool same = equal(a, b, steps_);
    if (steps_ == 0) fail("this compares too much", "invalid-value");
    return same;
}

std::string_view Evaluator::text_of(const Value& value) {
    if (value.is_string()) return value.string();
    std::string text;
    if (!write_json(text, value, k_most_text_bytes)) {
        fail("the text of this value would be too long", "invalid-value");
        return {};
    }
    return arena_.copy(text);
}

Value Evaluator::fail(std::string message, std::string_view fault) {
    if (!failure_) failure_ = Failure{std::move(message) + " (" + std::string(fault) + ")", here_};
    return {};
}

Value Evaluator::evaluate(std::uint32_t index, const Value& current) {
    const Node& node = program_->nodes[index];
    if (failure_) return {};
    if (steps_ == 0 || arena_.exhausted()) {
        here_ = node.offset;
        return fail("this takes too much work or memory on this record", "invalid-value");
    }
    --steps_;
    switch (node.op) {
        case Op::current:
            return current;
        case Op::path:
            return path(node, current);
        case Op::literal:
            return program_->literals[node.first];
        case Op::chain:
            return evaluate(node.right, evaluate(node.left, current));
        case Op::flatten:
            return flatten(evaluate(node.left, current));
        case Op::slice:
            here_ = node.offset;
            return slice(program_->slices[node.first], current);
        case Op::project_array:
            return project_array(node, current);
        case Op::project_object:
            return project_object(node, current);
        case Op::filter:
            return filter(node, current);
        case Op::logical_or: {
            const Value left = evaluate(node.left, current);
            return left.truthy() ? left : evaluate(node.right, current);
        }
        case Op::logical_and: {
            const Value left = evaluate(node.left, current);
            return left.truthy() ? evaluate(node.right, current) : left;
        }
        case Op::negation:
            return Value::of(!evaluate(node.left, current).truthy());
        case Op::compare:
            return compare(node, current);
        case Op::list:
            return list(node, current);
        case Op::hash:
            return hash(node, current);
        case Op::call:
            return call(node, current);
        case Op::reference:
            return Value::reference(index);
    }
    return {};
}

Value Evaluator::path(const Node& node, const Value& current) {
    const Step* step = program_->steps.data() + node.first;
    const Step* end = step + node.count;
    Value value = node.root && scope_->named && !step->is_index ? root_name(step->name, current)
                                                                : walk(*step, current);
    while (++step != end && !value.is_null()) value = walk(*step, value);
    return value;
}

Value Evaluator::root_name(std::string_view name, const Value& current) const {
    if (const auto found = current.get(name)) return *found;
    if (const auto found = scope_->record.get(name)) return *found;
    if (name == "record") return scope_->record;
    if (name == "settings") return scope_->settings;
    if (name == "source") return scope_->source;
    return {};
}

Value Evaluator::collect(std::size_t from) {
    const auto list = arena_.array<Value>(scratch_.size() - from);
    std::copy(scratch_.begin() + static_cast<std::ptrdiff_t>(from), scratch_.end(), list.begin());
    scratch_.resize(from);
    return Value::of(std::span<const Value>(list));
}

Value Evaluator::flatten(const Value& value) {
    if (!value.is_array()) return {};
    const std::size_t from = scratch_.size();
    const auto push = [this](const Value& element) {
        scratch_.push_back(element);
        return true;
    };
    value.each_element([&](const Value& element) {
        if (!element.is_array()) return push(element);
        if (element.size() > steps_) {
            fail("this list would be too long", "invalid-value");
            return false;
        }
        steps_ -= element.size();
        element.each_element(push);
        return true;
    });
    return collect(from);
}

Value Evaluator::slice(const Slice& slice, const Value& value) {
    if (slice.step == 0) return fail("a slice cannot go in steps of 0", "invalid-value");
    if (!value.is_array()) return {};
    const auto size = static_cast<std::int64_t>(value.size());
    const bool forward = slice.step > 0;
    const std::int64_t lowest = forward ? 0 : -1;
    const std::int64_t highest = forward ? size : size - 1;
    const auto bound = [&](bool given, std::int64_t at, std::int64_t otherwise) {
        if (!given) return otherwise;
        return std::clamp(at < 0 ? at + size : at, lowest, highest);
    };
    const std::int64_t start = bound(slice.has_start, slice.start, forward ? lowest : highest);
    const std::int64_t stop = bound(slice.has_stop, slice.stop, forward ? highest : lowest);
    // Elements of a parsed array are reached one after the other, so all are laid out first.
    const std::size_t from = scratch_.size();
    value.each_element([&](const Value& element) { return scratch_.push_back(element), true; });
    const Value all = collect(from);
    // The step cannot overflow: once it leads past either end, the loop is over.
    const std::int64_t step = std::clamp(slice.step, -size - 1, size + 1);
    for (std::int64_t at = start; forward ? at < stop : at > stop; at += step) {
        scratch_.push_back(all.at(at));
    }
    return collect(from);
}

Value Evaluator::project_array(const Node& node, const Value& current) {
    const Value list = evaluate(node.left, current);
    if (!list.is_array()) return {};
    const std::size_t from = scratch_.size();
    list.each_element([&](const Value& element) {
        const Value value = evaluate(node.right, element);
        if (!value.is_null()) scratch_.push_back(value);
        return !failed();
    });
    return collect(from);
}

Value Evaluator::project_object(const Node& node, const Value& current) {
    const Value object = evaluate(node.left, current);
    if (!object.is_object()) return {};
    const std::size_t from = scratch_.size();
    object.each_member([&](std::string_view, const Value& member) {
        const Value value = evaluate(node.right, member);
        if (!value.is_null()) scratch_.push_back(value);
        return !failed();
    });
    return collect(from);
}

Value Evaluator::filter(const Node& node, const Value& current) {
    const Value list = evaluate(node.left, current);
    if (!list.is_array()) return {};
    const std::size_t from = scratch_.size();
    list.each_element([&](const Value& element) {
        if (!evaluate(node.third, element).truthy()) return !failed();
        const Value value = evaluate(node.right, element);
        if (!value.is_null()) scratch_.push_back(value);
        return !failed();
    });
    return collect(from);
}

Value Evaluator::compare(const Node& node, const Value& current) {
    const Value left = evaluate(node.left, current);
    const Value right = evaluate(node.right, current);
    here_ = node.offset;
    if (node.comparison == Comparison::equal) return Value::of(is_equal(left, right));
    if (node.comparison == Comparison::not_equal) return Value::of(!is_equal(left, right));
    if (!left.is_number() || !right.is_number()) return {};
    const bool whole = left.is_integer() && right.is_integer();
    const auto order = whole ? std::partial_ordering(left.integer() <=> right.integer())
                             : left.number() <=> right.number();
    switch (node.comparison) {
        case Comparison::less:
            return Value::of(order < 0);
        case Comparison::less_equal:
            return Value::of(order <= 0);
        case Comparison::greater:
            return Value::of(order > 0);
        default:
            return Value::of(order >= 0);
    }
}

Value Evaluator::list(const Node& node, const Value& current) {
    if (current.is_null()) return {};
    const auto elements = arena_.array<Value>(node.count);
    for (std::uint32_t i = 0; i < node.count; ++i) {
        elements[i] = evaluate(program_->children[node.first + i].node, current);
    }
    return Value::of(std::span<const Value>(elements));
}

Value Evaluator::hash(const Node& node, const Value& current) {
    if (current.is_null()) return {};
    const auto members = arena_.array<Entry>(node.count);
    for (std::uint32_t i = 0; i < node.count; ++i) {
        const Child& child = program_->children[node.first + i];
        members[i] = {child.key, evaluate(child.node, current)};
    }
    return Value::of(std::span<const Entry>(members));
}

Value Evaluator::call(const Node& node, const Value& current) {
    const Function& function = *node.function;
    const auto arguments = arena_.array<Value>(node.count);
    for (std::uint32_t i = 0; i < node.count; ++i) {
        arguments[i] = evaluate(program_->children[node.first + i].node, current);
    }
    if (failure_) return {};
    if (function.null_passes && node.count > 0 && arguments[0].is_null()) return {};
    here_ = node.offset;
    std::uint16_t takes = 0;
    for (std::size_t i = 0; i < node.count; ++i) {
        if (i < function.takes.size() && function.takes[i] != 0) takes = function.takes[i];
        if (!accepts(node, takes, arguments[i], i)) return {};
    }
    Call call{*this, function, arguments};
    return function.run(call);
}

}  // namespace touchline::mapping
