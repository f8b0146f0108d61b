#include "touchline/net/rate_limiter.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace touchline::net {

namespace {

class QuotaFile final : public QuotaBook {
public:
    explicit QuotaFile(std::filesystem::path file) : file_(std::move(file)) {}

    DayCount load() override {
        DayCount count;
        std::ifstream in(file_);
        in >> count.day >> count.requests;
        return in ? count : DayCount();
    }

    /// A new file takes the old one's place, so that a crash leaves one of the two.
    Result<void> save(const DayCount& count) override {
        std::error_code fault;
        std::filesystem::create_directories(file_.parent_path(), fault);
        const std::filesystem::path fresh = file_.string() + ".new";
        std::ofstream out(fresh, std::ios::trunc);
        out << count.day << ' ' << count.requests << '\n';
        out.close();
        if (out) std::filesystem::rename(fresh, file_, fault);
        if (!out || fault) return Error(Code::config, "cannot write " + file_.string());
        return {};
    }

private:
    const std::filesystem::path file_;
};

}  // namespace

std::unique_ptr<QuotaBook> make_quota_file(std::string file) {
    return std::make_unique<QuotaFile>(std::move(file));
}

}  // namespace touchline::net
