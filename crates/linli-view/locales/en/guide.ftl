# Help that is there without a network.
guide-open = Help (F1)
guide-keys = Keys
guide-more = More help
guide-key-guide = Help on this page
guide-key-pages = The first page on the left; Alt+2 the second, and so on
guide-key-find = Find anything
guide-key-new = Something new on this page: a pass, a post, a notice
guide-key-settings = Settings
guide-key-back = One step back
guide-key-help = Call for help; a second time: yes
guide-key-sign = Check the notice; a second time: sign it
guide-key-pass = Make the pass, in any field of the form
guide-key-post = Publish the post
guide-key-homes = Act as somebody else, where this computer has several homes
