/** Accounts and their tokens: who is calling. All slices ask it; the registry does through the contract's Authenticator. */
@NullMarked
package dev.creel.control.account;

import org.jspecify.annotations.NullMarked;
