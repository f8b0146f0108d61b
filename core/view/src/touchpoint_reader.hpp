// Reads stored touchpoints one after the other with the same buffers.
#pragma once

#include "touchline/json/view.hpp"
#include "touchline/model/touchpoint.hpp"
#include "touchline/store/store.hpp"

namespace touchline::view {

class TouchpointReader {
public:
    Result<model::Touchpoint> read(const store::StoredTouchpoint& stored) {
        TOUCHLINE_TRY(const json::View data, parser_.parse(stored.data));
        return model::read_touchpoint(data);
    }
    /// The bare document, where a member or two are enough. Valid until the next reading.
    Result<json::View> document(const store::StoredTouchpoint& stored) {
        return parser_.parse(stored.data);
    }

private:
    json::Parser parser_;
};

}  // namespace touchline::view
