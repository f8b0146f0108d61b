#include "models.hpp"

namespace tryton {

const Model* model_of(std::string_view stream) {
    static const std::vector<Model> models{
        {"parties", "party.party", {"name", "code", "active", "replaced_by", "lang.code"}},
        {"contact_mechanisms",
         "party.contact_mechanism",
         {"party", "type", "value", "value_compact", "name", "active"}},
        {"opportunities",
         "sale.opportunity",
         {"number",
          "reference",
          "description",
          "state",
          "party",
          "contact",
          "amount",
          "currency.code",
          "start_date",
          "end_date",
          "lost_reason",
          "employee.rec_name"}},
        {"sales",
         "sale.sale",
         {"number",
          "reference",
          "description",
          "state",
          "party",
          "contact",
          "sale_date",
          "total_amount",
          "untaxed_amount",
          "currency.code",
          "invoice_state",
          "shipment_state"}},
    };
    for (const Model& model : models) {
        if (model.stream == stream) return &model;
    }
    return nullptr;
}

}  // namespace tryton
