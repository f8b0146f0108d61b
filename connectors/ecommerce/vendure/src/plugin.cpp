// The connector's face to the host.
#include "lists.hpp"

#include <memory>

namespace vendure {

class Vendure : public sdk::Source<Vendure> {
public:
    explicit Vendure(std::int64_t refund_days) : refund_days_(refund_days) {}
    static Result<std::unique_ptr<Vendure>> create(const sdk::Config& config) {
        return std::make_unique<Vendure>(config.integer("refund_days"));
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto orders, count(job, *list_named("orders")));
        return "Vendure answers; the shop has " + std::to_string(orders) + " orders and carts.";
    }

    Result<sdk::ReadEnd> read(Job& job, const sdk::ReadArgs& args) {
        const List* const list = list_named(args.stream);
        if (list == nullptr)
            return Error(Status::config, "Vendure has no stream \"" + args.stream + "\".");
        TL_CHECK(read_list(job, args, *list, args.stream == "orders" ? refund_days_ : 0));
        return sdk::ReadEnd::end;
    }

private:
    std::int64_t refund_days_;
};

}  // namespace vendure

TOUCHLINE_PLUGIN(vendure::Vendure)
