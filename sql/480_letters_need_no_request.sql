-- Letters go with a request, or with the districts of an imported exam's live plan, for which nothing was asked.
ALTER TABLE venue_letters DROP FOREIGN KEY IF EXISTS letter_of_request
