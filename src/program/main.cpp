#include "program/run.h"

int main(int argc, char** argv) { return hanjari::cli::run_program(argc, argv); }
