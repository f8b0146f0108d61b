#include "command_line.hpp"

int main(int argc, char** argv) {
    return touchline::app::run_command_line(argc, argv);
}
