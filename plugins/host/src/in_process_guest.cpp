#include "guest.hpp"
#include "job.hpp"
#include "services.hpp"

namespace touchline::host {
namespace {

constexpr std::string_view k_name = "touchline";
constexpr std::string_view k_version = "0.1.0";

class InProcessGuest final : public Guest {
public:
    explicit InProcessGuest(std::shared_ptr<const PluginLibrary> library)
        : host_{{sizeof(tl_host), TL_ABI_MINOR, str(k_name), str(k_version), &service}, nullptr},
          library_(std::move(library)),
          source_(capability<tl_source_1>(TL_SOURCE_1)),
          destination_(capability<tl_destination_1>(TL_DESTINATION_1)),
          enricher_(capability<tl_enricher_1>(TL_ENRICHER_1)) {}
    ~InProcessGuest() override {
        if (self_ != nullptr) plugin().destroy(self_);
    }

    const Manifest& manifest() const override { return library_->manifest(); }
    bool takes_webhooks() const override {
        return source_ != nullptr && TL_HAS(tl_source_1, source_, webhook) &&
               source_->webhook != nullptr;
    }

    tl_status create(Job& job, std::string_view settings) override {
        host_.instance = &job.instance;
        void* self = nullptr;
        const tl_status status = plugin().create(&host_.table, job.raw(), str(settings), &self);
        if (status < 0) return status;
        self_ = self;
        return self == nullptr ? TL_END : TL_OK;
    }
    tl_status check(Job& job) override { return plugin().check(self_, job.raw()); }
    tl_status read(Job& job, const tl_read& args) override {
        return source_->read(self_, job.raw(), &args);
    }
    tl_status webhook(Job& job, const tl_webhook& args) override {
        return source_->webhook(self_, job.raw(), &args);
    }
    tl_status write(Job& job, const tl_batch& batch) override {
        return destination_->write(self_, job.raw(), &batch);
    }
    tl_status enrich(Job& job, const tl_batch& batch) override {
        return enricher_->enrich(self_, job.raw(), &batch);
    }

private:
    /// First, so that the connector's tl_host leads back to its instance.
    struct HostTable {
        tl_host table;
        Instance* instance;
    };

    static const void* service(const tl_host* host, const char* id) noexcept {
        return find_service(id, *reinterpret_cast<const HostTable*>(host)->instance);
    }
    const tl_plugin& plugin() const { return library_->table(); }
    template <typename Table>
    const Table* capability(const char* id) const {
        return static_cast<const Table*>(plugin().capability(id));
    }

    HostTable host_;
    std::shared_ptr<const PluginLibrary> library_;
    const tl_source_1* source_;
    const tl_destination_1* destination_;
    const tl_enricher_1* enricher_;
    void* self_ = nullptr;
};

}  // namespace

std::unique_ptr<Guest> make_in_process_guest(std::shared_ptr<const PluginLibrary> library) {
    return std::make_unique<InProcessGuest>(std::move(library));
}

}  // namespace touchline::host
