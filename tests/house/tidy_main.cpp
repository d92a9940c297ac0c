// house_tidy ROOT: checks every tracked file.
#include <cstdio>

#include "tidy.h"

int main(int count, char** words) {
    if (count != 2) {
        std::fputs("usage: house_tidy ROOT\n", stderr);
        return 2;
    }
    return house::report("tidy", house::check_tidy(house::files_below(words[1])));
}
