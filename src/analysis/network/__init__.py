"""The network of sister cities as a whole: measures of scholars, each with its formula and its source."""
