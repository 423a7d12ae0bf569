//! The edition, asked: answers per strategy, the screening of a place, the sheet of a territory. Pure: what is asked comes in, what is
//! found goes out, and nothing is stored here.
