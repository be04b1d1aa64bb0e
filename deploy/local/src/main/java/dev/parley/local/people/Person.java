package dev.parley.local.people;

import static java.util.Objects.requireNonNull;

/** An invented person, by the normal forms of what identifies them: e-mail in lower case, phone as E.164. */
public record Person(String email, String phone) {
    public Person {
        requireNonNull(email);
        requireNonNull(phone);
    }
}
