# Photos and PDFs of posts and notices.
attach-none-here = No post, notice or comment here has a photo or PDF.
attach-saved = Saved: { $path }
attach-line = 📎 { $n } { $file }, { $size }: { $state }
attach-here = here
attach-waits = not here yet; comes when a neighbour who has it is met
attach-coming = { $percent } % here, coming from { $from }
attach-no-room = the disk is full; it comes when there is space
attach-too-much = not kept: its author has sent very many
head-number = No.
head-file = File
head-size = Size
