/// What the desk knows (R78, R91): articles in both languages, and answers that are written once; each in
/// editions, each looked through again in time. And what staff say about the program (R77).
@NullMarked
package io.aftercare.service.knowledge;

import org.jspecify.annotations.NullMarked;
