#include "scratch_folder.hpp"

#include "touchline/base/result.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace touchline::integration {

ScratchFolder::ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "touchline-XXXXXX").string();
    TOUCHLINE_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void ScratchFolder::write(std::string_view name, std::string_view text) const {
    const auto file = path_ / name;
    std::ofstream(file) << text;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );
}

}  // namespace touchline::integration
