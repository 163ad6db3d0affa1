/// E-mail: letters out by SMTP, letters in by IMAP.
@NullMarked
package io.aftercare.service.mail;

import org.jspecify.annotations.NullMarked;
