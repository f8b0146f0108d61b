// WooCommerce's two lists. Both are asked for by offset, and each page begins a few rows before the
// end of the one before: rows that move up meanwhile are seen all the same.
#pragma once

#include "touchline/sdk/paging.hpp"
#include "touchline/sdk/plugin.hpp"

namespace woocommerce {

namespace sdk = touchline::sdk;
using sdk::Error;
using sdk::Job;
using sdk::Result;
using sdk::Status;

/// Orders by the time of their last change, which WooCommerce keeps in whole seconds.
Result<void> read_orders(Job& job, const sdk::ReadArgs& args, std::int64_t page_size);
/// Customers, all of them, once a day: WooCommerce cannot say which have changed.
Result<void> read_customers(Job& job, const sdk::ReadArgs& args, std::int64_t page_size);

}  // namespace woocommerce
