// The API behind a door: users and tokens with roles, over the small store of the bench.
#pragma once

#include "api_bench.hpp"

#include "touchline/base/digest.hpp"

#include <filesystem>

namespace touchline::api {

class NoHttp final : public net::HttpClient {
public:
    Result<net::Response> send(const net::Request&, const net::SendOptions&, std::stop_token)
        override {
        return Error(Code::unavailable, "nobody is there");
    }
};

class DoorBench : public ApiBench {
protected:
    DoorBench()
        : door_folder_(
              std::filesystem::temp_directory_path() / ("touchline-door-" + random_name())
          ) {
        access::Directory directory(door_folder_);
        for (const access::Role role : access::k_roles) {
            const std::string name(to_string(role));
            EXPECT_TRUE(directory.add_user(
                {name, "A " + name, role, "", {}, {}}, Secret(k_password), clock_.now()
            ));
            auto token = directory.create_token({name + "-token", role, "", clock_.now(), {}});
            EXPECT_TRUE(token);
            tokens_[role] = std::string(token->reveal());
        }
    }
    ~DoorBench() override {
        stop();
        std::error_code ignored;
        std::filesystem::remove_all(door_folder_, ignored);
    }

    void open(access::DoorOptions options = {}) {
        options.folder = door_folder_;
        options.token = Secret(k_token);
        own_door_ = std::make_unique<access::Door>(std::move(options), http_, clock_);
        door_ = own_door_.get();
        start();
    }

    Fields as(access::Role role) const { return {{"Authorization", "Bearer " + tokens_.at(role)}}; }
    Answer get_as(access::Role role, const std::string& target) {
        return checked("get", target, exchange(port(), "GET", target, as(role)));
    }

    /// A browser's session.
    struct Session {
        std::string cookie, proof;
        Fields fields() const {
            return {
                {"Cookie", cookie}, {"X-CSRF-Token", proof}, {"Content-Type", "application/json"}};
        }
    };
    Answer try_password(const std::string& account, const std::string& password, Fields more = {}) {
        more.emplace_back("Content-Type", "application/json");
        const std::string body =
            R"({"account":")" + account + R"(","password":")" + password + R"("})";
        return checked(
            "post", "/api/v1/session", exchange(port(), "POST", "/api/v1/session", more, body)
        );
    }
    Session sign_in(const std::string& account) {
        const Answer answer = try_password(account, k_password);
        EXPECT_EQ(answer.status, 200) << answer.body;
        const std::string cookie = answer.field("set-cookie");
        return {cookie.substr(0, cookie.find(';')), text(answer, "/proof")};
    }

    static constexpr const char* k_password = "a long pass phrase";
    const std::filesystem::path door_folder_;
    std::map<access::Role, std::string> tokens_;
    NoHttp http_;
    std::unique_ptr<access::Door> own_door_;

private:
    static std::string random_name() {
        const std::string bytes = random_bytes(8);
        return to_hex({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
    }
};

}  // namespace touchline::api
