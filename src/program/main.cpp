#include "hanjari/cli/command.h"

int main(int argc, char** argv) { return hanjari::cli::run_program(argc, argv); }
