#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "year.h"

int main(int count, char** words) {
    doctest::Context context(count, words);
    const int failed = context.run();
    // Databases are closed while the program is still whole.
    tiendo::tests::forget_demonstrations();
    return failed;
}
