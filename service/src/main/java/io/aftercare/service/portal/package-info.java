/// What a customer sees of a case without a login: links, the page behind them, and intake from the web.
@NullMarked
package io.aftercare.service.portal;

import org.jspecify.annotations.NullMarked;
