/** Stands in for the package `debug` in the bundle, which asks for `tty` in a way that an ES module cannot answer. */
module.exports = () => () => {};
