#include "app/person_views.h"

#include "features/certificates/certificates.h"
#include "features/eligibility/eligibility.h"
#include "features/participation/participation.h"

namespace tiendo::app {

// Of these only the rules speak of what is sensitive.
void show_with_people() {
    using people::Person, people::Sensitive;
    people::show_with_person([](const web::Visit& visit, db::Read& tx, const Person& person, Sensitive) {
        return participation::person_html(visit, tx, person);
    });
    people::show_with_person([](const web::Visit& visit, db::Read& tx, const Person& person, Sensitive) {
        return certificates::person_html(visit, tx, person);
    });
    people::show_with_person(
        [](const web::Visit& visit, db::Read& tx, const Person& person, Sensitive sensitive) {
            return eligibility::person_html(visit, tx, person.id, sensitive);
        });
}

}  // namespace tiendo::app
