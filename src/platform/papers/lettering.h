// In which letters a text of a drawing is set; private to this part.
#pragma once
#include <string>

#include "platform/papers/style.h"

namespace tiendo::papers {

// What a text is written in, as it comes down from the elements around it.
struct Lettering {
    std::string family;
    bool bold = false, italic = false;

    Lettering inside(const Node& node) const {
        Lettering own = *this;
        if (const std::string list = own_property(node, "font-family"); !list.empty() && list != "inherit")
            own.family = first_family(list);
        if (const std::string weight = own_property(node, "font-weight"); !weight.empty())
            own.bold = weight == "bold" || weight == "bolder" || number_of(weight).value_or(400) >= 600;
        if (const std::string slant = own_property(node, "font-style"); !slant.empty())
            own.italic = slant == "italic" || slant.starts_with("oblique");
        return own;
    }
};

}  // namespace tiendo::papers
