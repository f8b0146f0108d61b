// Files as a source: the settings, and which mode reads.
#include "touchline/sdk/plugin.hpp"

#include "dropped.hpp"
#include "growing.hpp"
#include "options.hpp"

namespace file_connector {

using namespace touchline::sdk;

class FileSource : public Source<FileSource> {
public:
    static Result<std::unique_ptr<FileSource>> create(const Config& config) {
        auto source = std::make_unique<FileSource>();
        Options& options = source->options_;
        options.pattern = config.text("pattern", "*.csv");
        options.format = config.text("format") == "jsonl" ? Format::jsonl : Format::csv;
        options.mode = config.text("mode") == "growing" ? Mode::growing : Mode::dropped;
        options.encoding = config.text("encoding") == "latin-1" ? Encoding::latin1 : Encoding::utf8;
        options.delimiter = config.text("delimiter", ",").front();
        options.settle_ms = 1000 * config.integer("settle_seconds", 5);
        return source;
    }

    Result<std::string> check(Job& job) {
        TL_TRY(const auto files, job.list_files(options_.pattern));
        if (files.size() == 1) return "1 file matches " + options_.pattern + ".";
        return std::to_string(files.size()) + " files match " + options_.pattern + ".";
    }

    Result<ReadEnd> read(Job& job, const ReadArgs& args) {
        if (args.state_version > 1) {
            return Error(
                Status::config, "the state was written by a newer release of this connector"
            );
        }
        return options_.mode == Mode::growing ? read_growing(job, options_, args)
                                              : read_dropped(job, options_, args);
    }

private:
    Options options_;
};

}  // namespace file_connector

using file_connector::FileSource;
TOUCHLINE_PLUGIN(FileSource)
